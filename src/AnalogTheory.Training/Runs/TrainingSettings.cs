using System;

namespace AnalogTheory.Training.Runs;

/// <summary>How a network is trained; the defaults are those of the paper's fully connected network.</summary>
public sealed record TrainingSettings
{
    /// <summary>Samples of a mini-batch, at least 1.</summary>
    public int BatchSize { get; init; } = 10;

    /// <summary>α of the first epoch, finite and at least 0.</summary>
    public double LearningRate { get; init; } = 0.05;

    /// <summary>How α changes.</summary>
    public LearningSchedule Schedule { get; init; } = LearningSchedule.Paper;

    /// <summary>Epochs without a better test accuracy after which training ends; 0 for never.</summary>
    public int Patience { get; init; }

    /// <summary>τ by which saturation |w|/τ is counted, unit of weight; 0 if weights have no bound.</summary>
    public double Bound { get; init; }

    /// <summary>What is subtracted from pixels in [0, 1] before they are divided.</summary>
    public double PixelMean { get; init; }

    /// <summary>What pixels are divided by, above 0.</summary>
    public double PixelDeviation { get; init; } = 1.0;

    /// <summary>Samples that are evaluated at a time; noise depends on it.</summary>
    public int EvaluationBatch { get; init; } = 100;

    internal void Validate()
    {
        Check(BatchSize >= 1, nameof(BatchSize), "at least 1", BatchSize);
        Check(LearningRate >= 0.0 && double.IsFinite(LearningRate), nameof(LearningRate), "a finite rate of at least 0", LearningRate);
        Check(Patience >= 0, nameof(Patience), "at least 0", Patience);
        Check(Bound >= 0.0 && double.IsFinite(Bound), nameof(Bound), "a finite bound of at least 0", Bound);
        Check(double.IsFinite(PixelMean), nameof(PixelMean), "a finite number", PixelMean);
        Check(PixelDeviation > 0.0 && double.IsFinite(PixelDeviation), nameof(PixelDeviation), "a finite number above 0", PixelDeviation);
        Check(EvaluationBatch >= 1, nameof(EvaluationBatch), "at least 1", EvaluationBatch);
    }

    private static void Check(bool holds, string name, string expected, double value)
    {
        if (!holds)
        {
            throw new ArgumentException(FormattableString.Invariant($"Expected {expected}, got {value}."), name);
        }
    }
}
