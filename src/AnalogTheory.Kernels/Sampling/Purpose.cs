namespace AnalogTheory.Kernels.Sampling;

/// <summary>Tags that keep the random streams of one key apart; each is the fourth word of the Philox counter.</summary>
public static class Purpose
{
    /// <summary>Numbers that a caller draws for itself.</summary>
    public const uint General = 0;

    /// <summary>Noise of the gradient.</summary>
    public const uint GradientNoise = 1;

    /// <summary>Which pulses of a stochastic train fire.</summary>
    public const uint Pulses = 2;

    /// <summary>Cycle-to-cycle variation of pulses.</summary>
    public const uint CycleNoise = 3;

    /// <summary>Device-to-device variation.</summary>
    public const uint DeviceVariation = 4;

    /// <summary>Noise of reading an array.</summary>
    public const uint ReadNoise = 5;

    /// <summary>Noise of reading an array transposed.</summary>
    public const uint BackwardNoise = 7;

    /// <summary>Rounding up or down at random.</summary>
    public const uint Rounding = 8;

    /// <summary>Difference between an element's visible weight and the one that its pulses act on.</summary>
    public const uint WriteNoise = 9;

    /// <summary>Where a reset puts an element.</summary>
    public const uint Reset = 10;

    /// <summary>Diffusion of the weights between updates.</summary>
    public const uint Diffusion = 11;

    /// <summary>Signs by which an algorithm flips rows or columns.</summary>
    public const uint Choppers = 12;

    /// <summary>Cycle-to-cycle variation of several pulses together.</summary>
    public const uint TrainNoise = 13;

    /// <summary>Derivation of one key from another.</summary>
    public const uint KeyDerivation = 0xFFFF_FFFF;
}
