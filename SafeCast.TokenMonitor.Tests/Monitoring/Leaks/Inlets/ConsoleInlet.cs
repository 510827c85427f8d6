using System.Diagnostics;
using System.Text;

namespace SafeCast.TokenMonitor.Tests.Monitoring.Leaks.Inlets;

/// <summary>What is written to standard output, standard error and the trace listeners, which it still reaches.</summary>
internal sealed class ConsoleInlet : IDisposable
{
    private readonly TextWriter _out = Console.Out;
    private readonly TextWriter _error = Console.Error;
    private readonly TextWriterTraceListener _trace;

    public ConsoleInlet(Recording recording)
    {
        Console.SetOut(new Writer(recording, "console", _out));
        Console.SetError(new Writer(recording, "console", _error));
        _trace = new TextWriterTraceListener(new Writer(recording, "trace listener", TextWriter.Null));
        Trace.Listeners.Add(_trace);
    }

    public void Dispose()
    {
        Console.SetOut(_out);
        Console.SetError(_error);
        Trace.Listeners.Remove(_trace);
        _trace.Dispose();
    }

    // Line by line: a secret that is written in two pieces is still one.
    private sealed class Writer(Recording recording, string inlet, TextWriter next) : TextWriter
    {
        private readonly StringBuilder _line = new();

        public override Encoding Encoding => next.Encoding;

        public override void Write(char value)
        {
            lock (_line)
            {
                if (value == '\n')
                {
                    recording.Add(inlet, _line.ToString());
                    _line.Clear();
                }
                else
                {
                    _line.Append(value);
                }
            }
        }

        public override void Flush()
        {
            lock (_line)
            {
                recording.Add(inlet, _line.ToString());
            }
        }
    }
}
