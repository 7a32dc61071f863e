using System;
using AnalogTheory.Tiles.Arrays;

namespace AnalogTheory.Tiles.Pulses;

/// <summary>Bit length of one rank-1 update, and what its numbers are multiplied by to become probabilities.</summary>
/// <param name="BitLength">BL, slots; 0 where nothing is sent.</param>
/// <param name="InputScale">B: p_x = B·|x|, dimensionless times 1/unit of x.</param>
/// <param name="OutputScale">A: p_d = A·|d|.</param>
internal readonly record struct PulsePlan(int BitLength, double InputScale, double OutputScale)
{
    /// <summary>The plan of an update with both managements as AIHWKIT has them.</summary>
    /// <remarks>k = α·max|x|·max|d|/Δw_min is the longest wanted train. Bit-length management sends BL = min(⌈k⌉, desired) slots. Update management gives the
    /// largest |x| and |d| equal probabilities √(k/BL); where k exceeds the desired length, d saturates and x does not.</remarks>
    /// <param name="settings">Update circuit.</param>
    /// <param name="learningRate">α &gt; 0.</param>
    /// <param name="granularity">Δw_min &gt; 0.</param>
    /// <param name="largestInput">max|x|.</param>
    /// <param name="largestOutput">max|d|.</param>
    internal static PulsePlan Of(UpdateSettings settings, double learningRate, double granularity, double largestInput, double largestOutput)
    {
        bool managed = settings.UpdateManagement || settings.BitLengthManagement;
        if (largestInput == 0.0 || largestOutput == 0.0)
        {
            // Without management the kit goes on, with probabilities of 0: nothing is sent either way.
            return default;
        }

        int desired = settings.BitLength;
        double output = settings.GradientScale * largestOutput;
        double wanted = learningRate * largestInput * output / granularity;
        if (!settings.BitLengthManagement && !settings.FixedBitLength && granularity * desired < learningRate)
        {
            int needed = (int)Math.Ceiling((float)Math.Min(learningRate / granularity, UpdateSettings.LargestBitLength));
            return Managed(needed, 1.0);
        }

        int length = settings.BitLengthManagement ? (int)Math.Min(Math.Max(Math.Ceiling((float)wanted), 1.0), desired) : desired;
        return Managed(length, Math.Sqrt(learningRate / (granularity * length)));

        PulsePlan Managed(int bitLength, double scale)
        {
            if (!managed)
            {
                return new(bitLength, scale, scale);
            }

            double balanced = wanted > desired ? output * (desired / wanted) : output;
            double ratio = Math.Sqrt(largestInput / balanced);
            return new(bitLength, scale / ratio, scale * ratio);
        }
    }
}
