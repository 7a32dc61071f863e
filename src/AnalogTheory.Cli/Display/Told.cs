using System;

namespace AnalogTheory.Cli.Display;

/// <summary>Progress that is told at once, on the thread that makes it; the framework's own kind tells it later, on another.</summary>
/// <param name="tell">What is done with it.</param>
internal sealed class Told<T>(Action<T> tell) : IProgress<T>
{
    /// <inheritdoc/>
    public void Report(T value) => tell(value);
}
