using System;
using AnalogTheory.Tiles.Arrays;

namespace AnalogTheory.Tiles.Pulses;

/// <summary>Bit length of one rank-1 update, and what its numbers are multiplied by to become probabilities.</summary>
/// <param name="BitLength">BL, slots; 0 where nothing is sent.</param>
/// <param name="InputScale">B: p_x = B·|x|, dimensionless times 1/unit of x.</param>
/// <param name="OutputScale">A: p_d = A·|d|.</param>
internal readonly record struct PulsePlan(int BitLength, float InputScale, float OutputScale)
{
    /// <summary>The plan of an update with both managements as AIHWKIT has them, in floats and in the kit's order, so that counts that are ties round alike.</summary>
    /// <remarks>k = α·max|x|·max|d|/Δw_min is the longest wanted train. Bit-length management sends BL = min(⌈k⌉, desired) slots. Update management gives the
    /// largest |x| and |d| equal probabilities √(k/BL); where k exceeds the desired length, d saturates and x does not. ⌈k⌉ is of the float quotient, which
    /// <see cref="Kernels.Pulses.PulseCount"/> is not: the floats .3/.1 are 3 slots here, and 4 where they are divided exactly.</remarks>
    /// <param name="settings">Update circuit.</param>
    /// <param name="learningRate">α &gt; 0.</param>
    /// <param name="granularity">Δw_min &gt; 0.</param>
    /// <param name="largestInput">max|x|.</param>
    /// <param name="largestOutput">max|d|.</param>
    internal static PulsePlan Of(UpdateSettings settings, float learningRate, float granularity, float largestInput, float largestOutput)
    {
        if (largestInput == 0.0f || largestOutput == 0.0f)
        {
            // Without management the kit goes on, with probabilities of 0: nothing is sent either way.
            return default;
        }

        int desired = settings.BitLength;
        float output = (float)settings.GradientScale * largestOutput;
        float wanted = learningRate * largestInput * output / granularity;
        int length = desired;
        float scale;
        if (!settings.BitLengthManagement && !settings.FixedBitLength && granularity * desired < learningRate)
        {
            length = (int)MathF.Ceiling(MathF.Min(learningRate / granularity, UpdateSettings.LargestBitLength));
            scale = 1.0f;
        }
        else
        {
            length = settings.BitLengthManagement ? (int)MathF.Min(MathF.Max(MathF.Ceiling(wanted), 1.0f), desired) : length;
            scale = MathF.Sqrt(learningRate / (granularity * length));
        }

        if (!settings.UpdateManagement && !settings.BitLengthManagement)
        {
            return new(length, scale, scale);
        }

        float balanced = wanted > desired ? output * desired / wanted : output;
        return new(length, scale * MathF.Sqrt(balanced / largestInput), scale * MathF.Sqrt(largestInput / balanced));
    }
}
