using System;

namespace AnalogTheory.Training.Runs;

/// <summary>How the learning rate changes from epoch to epoch.</summary>
public abstract record LearningSchedule
{
    /// <summary>The same rate throughout.</summary>
    public static LearningSchedule Constant { get; } = new StepSchedule(int.MaxValue, 1.0);

    /// <summary>The paper's: a tenth after every 35 epochs.</summary>
    public static LearningSchedule Paper { get; } = new StepSchedule(35, 0.1);

    /// <summary>Factor on the learning rate.</summary>
    /// <param name="epoch">Epochs that are finished, ≥ 0.</param>
    /// <returns>Factor, at least 0.</returns>
    public abstract double Factor(int epoch);
}

/// <summary>A factor after every so many epochs (torch's <c>StepLR</c>).</summary>
/// <param name="Every">Epochs between two steps, at least 1.</param>
/// <param name="Decay">Factor of a step, above 0.</param>
public sealed record StepSchedule(int Every, double Decay) : LearningSchedule
{
    /// <inheritdoc/>
    public override double Factor(int epoch) => Power(Decay, epoch / Math.Max(Every, 1));

    // Repeated multiplication: the same bits everywhere.
    internal static double Power(double factor, int count)
    {
        double power = 1.0;
        for (int n = 0; n < count; n++)
        {
            power *= factor;
        }

        return power;
    }
}

/// <summary>A factor after every epoch (torch's <c>ExponentialLR</c>).</summary>
/// <param name="Decay">Factor of an epoch, above 0.</param>
public sealed record ExponentialSchedule(double Decay) : LearningSchedule
{
    /// <inheritdoc/>
    public override double Factor(int epoch) => StepSchedule.Power(Decay, epoch);
}

/// <summary>Linear from 1 down to a share, which stays.</summary>
/// <param name="Epochs">Epochs until the share is reached, at least 1.</param>
/// <param name="Share">What is left, at least 0.</param>
public sealed record LinearSchedule(int Epochs, double Share = 0.0) : LearningSchedule
{
    /// <inheritdoc/>
    public override double Factor(int epoch) => 1.0 + ((Share - 1.0) * Math.Min(epoch, Epochs) / Math.Max(Epochs, 1));
}
