using System;

namespace AnalogTheory.Training;

/// <summary>The loss of classification: the mean negative log-likelihood of the labels.</summary>
public static class Loss
{
    /// <summary>Loss, correct answers, and the gradient by the log-probabilities.</summary>
    /// <param name="logProbabilities">What the network gives: one number a class and sample.</param>
    /// <param name="labels">The right class of every sample.</param>
    /// <param name="gradient">Receives the gradient of the mean; empty where nobody asks for it.</param>
    /// <returns>Sum over samples of the negative log-likelihood, and number of samples whose most likely class is right.</returns>
    /// <exception cref="ArgumentException">A label is no class.</exception>
    public static (double Sum, int Correct) NegativeLogLikelihood(
        ReadOnlySpan<float> logProbabilities,
        ReadOnlySpan<byte> labels,
        Span<float> gradient
    )
    {
        int classes = logProbabilities.Length / labels.Length;
        gradient.Clear();
        double sum = 0.0;
        int correct = 0;
        for (int n = 0; n < labels.Length; n++)
        {
            if (labels[n] >= classes)
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Expected a class below {classes}, got {labels[n]}."),
                    nameof(labels)
                );
            }

            ReadOnlySpan<float> sample = logProbabilities.Slice(n * classes, classes);
            sum -= sample[labels[n]];
            int best = 0;
            for (int c = 1; c < classes; c++)
            {
                best = sample[c] > sample[best] ? c : best;
            }

            // Not a number is no answer.
            correct += best == labels[n] && sample[best] <= 0.0f ? 1 : 0;
            if (!gradient.IsEmpty)
            {
                gradient[(n * classes) + labels[n]] = -1.0f / labels.Length;
            }
        }

        return (sum, correct);
    }
}
