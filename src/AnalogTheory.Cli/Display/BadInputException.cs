using System;

namespace AnalogTheory.Cli.Display;

/// <summary>A command line, config or data file that makes no sense; ends the program with exit code 2.</summary>
internal sealed class BadInputException : Exception
{
    /// <summary>Says what was expected and what came.</summary>
    /// <param name="message">For people.</param>
    public BadInputException(string message)
        : base(message) { }

    /// <summary>Says what was expected and what came.</summary>
    /// <param name="message">For people.</param>
    /// <param name="inner">Where it was noticed.</param>
    public BadInputException(string message, Exception inner)
        : base(message, inner) { }

    /// <summary>For serializers; says nothing.</summary>
    public BadInputException() { }
}

/// <summary>Ctrl-C, after what was finished has been kept.</summary>
internal sealed class Stopped : OperationCanceledException
{
    /// <summary>Says how to continue.</summary>
    /// <param name="hint">For people.</param>
    public Stopped(string hint)
        : base(hint) { }

    /// <summary>Says how to continue.</summary>
    /// <param name="hint">For people.</param>
    /// <param name="inner">What stopped.</param>
    public Stopped(string hint, Exception inner)
        : base(hint, inner) { }

    /// <summary>For serializers; says nothing.</summary>
    public Stopped() { }
}
