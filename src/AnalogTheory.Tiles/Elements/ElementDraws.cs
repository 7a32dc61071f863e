using System;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Devices;

namespace AnalogTheory.Tiles.Elements;

/// <summary>What is drawn for each element when an array is built; the number names the random stream.</summary>
internal enum Quantity
{
    Gain,
    UpDown,
    UpperBound,
    LowerBound,
    Corruption,
    StuckAt,
    Reset,
    Lifetime,
    Diffusion,
    SlopeUp,
    SlopeDown,
    Reference,
    Exponent,
    ExponentDifference,
}

/// <summary>The elements of an array while they are being drawn: one number an element and quantity, in double.</summary>
/// <remarks>Drawn once from (key, <see cref="Purpose.DeviceVariation"/>, quantity, element), so one spread more or less leaves the other quantities as they are.</remarks>
internal sealed class ElementDraws
{
    private readonly ulong _key;

    private ElementDraws(DeviceSettings settings, int outputs, int inputs, ulong key)
    {
        _key = key;
        Outputs = outputs;
        Inputs = inputs;
        Values = new double[Parameter.Law + settings.LawParameters][];
        for (int k = 0; k < Values.Length; k++)
        {
            Values[k] = new double[Count];
        }

        ResetTarget = new double[Count];
    }

    internal int Outputs { get; }

    internal int Inputs { get; }

    internal int Count => Outputs * Inputs;

    /// <summary>Values[parameter][element]; element (i, j) is number i·Inputs + j.</summary>
    internal double[][] Values { get; }

    internal double[] ResetTarget { get; }

    /// <summary>Factor by which the distance to the reset target decays a mini-batch; null for none.</summary>
    internal double[]? Decay { get; private set; }

    /// <summary>Deviation of the diffusion of a mini-batch; null for none.</summary>
    internal double[]? Diffusion { get; private set; }

    internal Span<double> StepUp => Values[Parameter.StepUp];

    internal Span<double> StepDown => Values[Parameter.StepDown];

    internal Span<double> Lower => Values[Parameter.Lower];

    internal Span<double> Upper => Values[Parameter.Upper];

    internal static ElementDraws Of(DeviceSettings settings, int outputs, int inputs, ulong key)
    {
        settings.Validate();
        ElementDraws draws = new(settings, outputs, inputs, key);
        draws.DrawSteps(settings);
        draws.DrawBounds(settings);
        draws.MakeConsistent(settings);
        draws.Corrupt(settings);
        draws.RoundToFloats();
        draws.DrawSlowChanges(settings);
        settings.Complete(draws);
        return draws;
    }

    /// <summary>Receives one parameter of the law.</summary>
    internal Span<double> Law(int parameter) => Values[Parameter.Law + parameter];

    /// <summary>One standard normal number an element; zeros where their spread is 0.</summary>
    internal double[] Normals(Quantity quantity, double spread)
    {
        double[] normals = new double[Count];
        if (spread != 0.0)
        {
            Gaussian.Fill(_key, Purpose.DeviceVariation, (uint)quantity, normals);
        }

        return normals;
    }

    private double[] Uniforms(Quantity quantity)
    {
        double[] uniforms = new double[Count];
        Uniform.Fill(_key, Purpose.DeviceVariation, (uint)quantity, uniforms);
        return uniforms;
    }

    private void DrawSteps(DeviceSettings settings)
    {
        double[] gain = Normals(Quantity.Gain, settings.GranularitySpread);
        double[] upDown = Normals(Quantity.UpDown, settings.UpDownSpread);
        for (int e = 0; e < Count; e++)
        {
            double spread = settings.GranularitySpread * gain[e];
            double g = settings.LogNormalGranularity ? Math.Exp(spread) : 1.0 + spread;
            double r = settings.UpDownSpread * upDown[e];
            StepUp[e] = settings.Granularity * (g + r + Math.Min(settings.UpDown, 0.0));
            StepDown[e] = settings.Granularity * (g - r - Math.Max(settings.UpDown, 0.0));
        }
    }

    private void DrawBounds(DeviceSettings settings)
    {
        double[] upper = Normals(Quantity.UpperBound, settings.UpperBoundSpread);
        double[] lower = Normals(Quantity.LowerBound, settings.LowerBoundSpread);
        for (int e = 0; e < Count; e++)
        {
            Upper[e] = settings.UpperBound * (1.0 + settings.UpperBoundSpread * upper[e]);
            Lower[e] = settings.LowerBound * (1.0 + settings.LowerBoundSpread * lower[e]);
        }
    }

    private void MakeConsistent(DeviceSettings settings)
    {
        for (int e = 0; e < Count; e++)
        {
            if (settings.EnforceConsistency)
            {
                StepUp[e] = Math.Abs(StepUp[e]);
                StepDown[e] = Math.Abs(StepDown[e]);
                (double low, double high) = (Math.Min(Lower[e], Upper[e]), Math.Max(Lower[e], Upper[e]));
                Upper[e] = Math.Abs(high);
                Lower[e] = -Math.Abs(low);
            }
            else if (Lower[e] > Upper[e])
            {
                Lower[e] = Upper[e] = 0.5 * (Lower[e] + Upper[e]);
            }

            if (settings.PerfectBias && e % Inputs == Inputs - 1)
            {
                StepUp[e] = StepDown[e] = settings.Granularity;
                Upper[e] *= 100.0;
                Lower[e] *= 100.0;
            }
        }
    }

    private void Corrupt(DeviceSettings settings)
    {
        if (settings.CorruptProbability == 0.0)
        {
            return;
        }

        double[] corrupt = Uniforms(Quantity.Corruption);
        double[] place = Uniforms(Quantity.StuckAt);
        for (int e = 0; e < Count; e++)
        {
            if (corrupt[e] < settings.CorruptProbability)
            {
                double low = Math.Max(Lower[e], -settings.CorruptRange);
                double high = Math.Min(Upper[e], settings.CorruptRange);
                Lower[e] = Upper[e] = low + place[e] * (high - low);
                StepUp[e] = StepDown[e] = 0.0;
            }
        }
    }

    // The array holds floats; what derives from steps and bounds derives from those that it holds.
    private void RoundToFloats()
    {
        for (int k = 0; k < Parameter.Law; k++)
        {
            foreach (ref double value in Values[k].AsSpan())
            {
                value = (float)value;
            }
        }
    }

    private void DrawSlowChanges(DeviceSettings settings)
    {
        double[] reset = Normals(Quantity.Reset, settings.ResetSpread);
        for (int e = 0; e < Count; e++)
        {
            ResetTarget[e] = settings.Reset + settings.ResetSpread * reset[e];
        }

        if (settings.Lifetime > 0.0)
        {
            Decay = Normals(Quantity.Lifetime, settings.LifetimeSpread);
            for (int e = 0; e < Count; e++)
            {
                double lifetime = settings.Lifetime * (1.0 + settings.LifetimeSpread * Decay[e]);
                Decay[e] = lifetime > 1.0 ? 1.0 - 1.0 / lifetime : 0.0;
            }
        }

        if (settings.Diffusion > 0.0)
        {
            Diffusion = Normals(Quantity.Diffusion, settings.DiffusionSpread);
            for (int e = 0; e < Count; e++)
            {
                Diffusion[e] = Math.Abs(settings.Diffusion * (1.0 + settings.DiffusionSpread * Diffusion[e]));
            }
        }
    }
}
