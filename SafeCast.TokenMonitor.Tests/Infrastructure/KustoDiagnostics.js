// Reads { tables: { NAME: "(COLUMN:TYPE, ...)" }, queries: { NAME: QUERY } } and writes { NAME: ["SEVERITY: MESSAGE", ...] }.
require('@kusto/language-service-next/bridge.js');
require('@kusto/language-service-next/Kusto.Language.Bridge.js');

const { KustoCode, GlobalState, Symbols } = global.Kusto.Language;
const input = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const tables = Object.entries(input.tables).map(([name, schema]) => Symbols.TableSymbol.From(schema).WithName(name));
const globals = GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.ctor('logs', tables));
const output = {};
for (const [name, query] of Object.entries(input.queries)) {
  const diagnostics = KustoCode.ParseAndAnalyze(query, globals).GetDiagnostics();
  output[name] = [];
  for (let index = 0; index < diagnostics.Count; index++) {
    const one = diagnostics.getItem(index);
    output[name].push(`${one.Severity}: ${one.Message}`);
  }
}

process.stdout.write(JSON.stringify(output));
