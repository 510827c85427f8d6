// Writes a page that shows a card like Teams does, with Microsoft's renderer and the published host configuration of Teams.
// node cards.js MODULES CONFIG CARD.json THEME > page.html
const fs = require('fs');
const path = require('path');

const [modules, configs, card, theme] = process.argv.slice(2);
const read = name => fs.readFileSync(name, 'utf8');
const embed = value => JSON.stringify(value).replace(/</g, '\\u003c');
const dark = theme === 'dark';
const config = JSON.parse(read(path.join(configs, `microsoft-teams-${theme}.json`)));

// The renderer does not set the color of links. In the configuration, the opacity is before the color.
const accent = '#' + config.containerStyles.default.foregroundColors.accent.default.slice(-6);

process.stdout.write(`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><style>
body { margin: 0; padding: 16px; background: ${dark ? '#1f1f1f' : '#f5f5f5'}; }
#card { background: ${dark ? '#2d2c2c' : '#ffffff'}; border-radius: 6px; overflow: hidden; box-shadow: 0 1px 3px rgba(0, 0, 0, .3); }
.ac-pushButton { font: 600 13px 'Segoe UI', sans-serif; padding: 6px 12px; border-radius: 4px; background: transparent;
  border: 1px solid ${dark ? '#8a8a8a' : '#b0b0b0'}; color: ${dark ? '#ffffff' : '#252424'}; }
a { color: ${accent}; }
</style></head><body><div id="card"></div>
<script>${read(path.join(modules, 'adaptivecards/dist/adaptivecards.min.js'))}</script>
<script>${read(path.join(modules, 'markdown-it/dist/browser/markdown-it.umd.min.js'))}</script>
<script>
AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => { result.outputHtml = markdownit().render(text); result.didProcess = true; };
const card = new AdaptiveCards.AdaptiveCard();
card.hostConfig = new AdaptiveCards.HostConfig(${embed(config)});
card.parse(${embed(JSON.parse(read(card)))});
document.getElementById('card').append(card.render());
</script></body></html>
`);
