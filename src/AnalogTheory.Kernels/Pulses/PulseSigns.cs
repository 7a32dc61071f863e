namespace AnalogTheory.Kernels.Pulses;

/// <summary>Which way each pulse of a train goes; a struct, so that the loop over pulses is specialised to it.</summary>
public interface IPulseSigns
{
    /// <summary>Whether <see cref="At"/> reads its uniform number.</summary>
    static abstract bool AreRandom { get; }

    /// <summary>+1 for a pulse up, −1 for a pulse down.</summary>
    /// <param name="pulse">Number of the pulse in its train, from 0.</param>
    /// <param name="uniform">A uniform number in (0, 1) that belongs to this pulse; any number where signs are not random.</param>
    double At(long pulse, double uniform);
}

/// <summary>All pulses go the same way.</summary>
/// <param name="sign">+1 up, −1 down.</param>
public readonly struct SameSign(double sign) : IPulseSigns
{
    private readonly double _sign = sign;

    /// <inheritdoc/>
    public static bool AreRandom => false;

    /// <inheritdoc/>
    public double At(long pulse, double uniform) => _sign;
}

/// <summary>Cycles of up pulses followed by down pulses: the protocol of a response measurement.</summary>
/// <param name="up">Pulses up in a cycle, at least 0.</param>
/// <param name="down">Pulses down in a cycle, at least 0; up + down at least 1.</param>
public readonly struct UpThenDown(long up, long down) : IPulseSigns
{
    private readonly long _up = up;
    private readonly long _period = up + down;

    /// <inheritdoc/>
    public static bool AreRandom => false;

    /// <inheritdoc/>
    public double At(long pulse, double uniform) => pulse % _period < _up ? 1.0 : -1.0;
}

/// <summary>Up and down in turn.</summary>
/// <param name="first">Sign of the first pulse, +1 or −1.</param>
public readonly struct AlternatingSigns(double first) : IPulseSigns
{
    private readonly double _first = first;

    /// <inheritdoc/>
    public static bool AreRandom => false;

    /// <inheritdoc/>
    public double At(long pulse, double uniform) => pulse % 2 == 0 ? _first : -_first;
}

/// <summary>Independent fair signs.</summary>
public readonly struct IndependentSigns : IPulseSigns
{
    /// <inheritdoc/>
    public static bool AreRandom => true;

    /// <inheritdoc/>
    public double At(long pulse, double uniform) => uniform < 0.5 ? 1.0 : -1.0;
}
