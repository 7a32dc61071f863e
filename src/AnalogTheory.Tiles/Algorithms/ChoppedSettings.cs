namespace AnalogTheory.Tiles.Algorithms;

/// <summary>Settings of the chopped algorithms, <see cref="ChoppedTikiTaka"/> and <see cref="Agad"/>.</summary>
/// <remarks>Names of AIHWKIT's <c>ChoppedTransferCompound</c> in parentheses; the defaults are the kit's. A line is a column, or a row where rows are transferred.</remarks>
public record ChoppedSettings : TransferSettings
{
    /// <summary>AIHWKIT's defaults: a transfer after every sample, of one pulse at most, and an absolute rate of A.</summary>
    public ChoppedSettings()
    {
        Schedule = TransferSchedule.EverySample;
        TransferUpdate = OnePulse;
        FastRate = Rate.Absolute(1.0);
    }

    /// <summary>Probability that a line's sign flips after its transfer, 0 … 1 (<c>in_chop_prob</c>); regular chopping takes its inverse as a period.</summary>
    public double ChopProbability { get; init; } = 0.1;

    /// <summary>Whether lines flip at random; else all lines in every ⌈1/p⌉-th pass over the array (<c>in_chop_random</c>).</summary>
    public bool ChopsAtRandom { get; init; } = true;

    /// <summary>Probability that the sign along the lines flips after a pass over the array, for each element of a line, 0 … 1 (<c>out_chop_prob</c>).</summary>
    public double CrossChopProbability { get; init; }

    /// <summary>What a pulse of W weighs in the buffer, in Δw_min of A, above 0 (<c>buffer_granularity</c>).</summary>
    public double BufferGranularity { get; init; } = 1.0;

    /// <summary>0, or a number by which the buffer's granularity is multiplied over the samples of a pass (<c>auto_granularity</c>).</summary>
    public double AutoGranularity { get; init; }

    /// <summary>Nominal size of what is fired, in pulses of W, above 0 (<c>step</c>).</summary>
    public double Step { get; init; } = 1.0;

    /// <summary>Share of the buffer that stays when it fires, in [0, 1) (<c>momentum</c>).</summary>
    public double Momentum { get; init; }

    /// <summary>Whether the rest below a whole pulse is forgotten when the buffer fires (<c>forget_buffer</c>).</summary>
    public bool Forgets { get; init; } = true;

    /// <summary>Largest |H| in bit lengths, 0 for none; only where nothing is forgotten (<c>buffer_cap</c>).</summary>
    public double BufferCap { get; init; }

    /// <summary>Whether A's rate follows the means of max|x| and max|d|, so that a sample sends about as many pulses as there are slots (<c>auto_scale</c>).</summary>
    public bool AutoScale { get; init; }

    /// <summary>Share of the running means that stays over a mini-batch, in [0, 1) (<c>auto_momentum</c>).</summary>
    public double AutoMomentum { get; init; } = 0.99;
}
