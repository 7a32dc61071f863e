using System;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Cli;
using AnalogTheory.Cli.Display;

// Symbols such as τ, on Windows too.
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using CancellationTokenSource stop = new();

// The first signal asks to stop and to keep what is finished; a second one ends the process as usual.
void OnSignal(PosixSignalContext context)
{
    context.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}

using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
if (ToolConsole.OfProcess() is not { } console)
{
    await Console.Error.WriteLineAsync("Expected a working folder that exists; the one that this shell is in was deleted.");
    return Tool.BadInput;
}

return await Tool.RunAsync(args, console, stop.Token);
