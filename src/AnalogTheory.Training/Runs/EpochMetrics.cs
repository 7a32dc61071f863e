namespace AnalogTheory.Training.Runs;

/// <summary>What an epoch came to.</summary>
/// <param name="Epoch">Number of finished epochs, from 1 on.</param>
/// <param name="LearningRate">α of the epoch.</param>
/// <param name="TrainLoss">Mean loss over the epoch, while it trained.</param>
/// <param name="TrainAccuracy">Share of right answers over the epoch, while it trained; 0 … 1.</param>
/// <param name="TestLoss">Mean loss on the test images after the epoch, read as the hardware reads.</param>
/// <param name="TestAccuracy">Share of right answers on the test images, read as the hardware reads.</param>
/// <param name="IdealLoss">Mean loss on the test images with the same weights, read exactly.</param>
/// <param name="IdealAccuracy">Share of right answers on the test images with the same weights, read exactly.</param>
/// <param name="Saturated">Share of weights with |w| ≥ 0.9·τ; NaN without a bound.</param>
/// <param name="Pulses">Pulses that all elements received in the epoch.</param>
/// <param name="Seconds">Time that the epoch's training took; the only number that a repeated run does not repeat.</param>
public sealed record EpochMetrics(
    int Epoch,
    double LearningRate,
    double TrainLoss,
    double TrainAccuracy,
    double TestLoss,
    double TestAccuracy,
    double IdealLoss,
    double IdealAccuracy,
    double Saturated,
    long Pulses,
    double Seconds
);
