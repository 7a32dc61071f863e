using System;
using System.Collections.Generic;
using AnalogTheory.Training.Layers;

namespace AnalogTheory.Training.Models;

/// <summary>The networks of the papers, as layers; each ends in log-probabilities of classes.</summary>
public static class PaperModels
{
    /// <summary>Names that can be asked for.</summary>
    public static IReadOnlyList<string> Names { get; } = ["fcn", "cnn", "lenet-5"];

    /// <summary>The fully connected network: 256, 128 and 10 outputs, sigmoid between them (2406.12774v1, Figure 5 left).</summary>
    /// <param name="hardware">What its weights are made of.</param>
    /// <param name="matrix">How they lie on tiles.</param>
    /// <returns>Layers for 28×28 images; any other size will do.</returns>
    public static IReadOnlyList<LayerSettings> Fcn(Hardware hardware, MatrixSettings matrix) =>
        [
            new Linear(256, hardware) { Matrix = matrix },
            ActivationFunction.Sigmoid,
            new Linear(128, hardware) { Matrix = matrix },
            ActivationFunction.Sigmoid,
            new Linear(10, hardware) { Matrix = matrix },
            new LogSoftmax(),
        ];

    /// <summary>The convolutional network: 5×5 to 16 and 32 channels, each with tanh and max pooling, then 128 and 10 outputs (Figure 5 right).</summary>
    /// <param name="hardware">What its weights are made of.</param>
    /// <param name="matrix">How they lie on tiles.</param>
    /// <returns>Layers for 28×28 images.</returns>
    public static IReadOnlyList<LayerSettings> Cnn(Hardware hardware, MatrixSettings matrix) =>
        [
            new Convolution(16, 5, hardware) { Matrix = matrix },
            ActivationFunction.Tanh,
            new Pooling(2),
            new Convolution(32, 5, hardware) { Matrix = matrix },
            ActivationFunction.Tanh,
            new Pooling(2),
            ActivationFunction.Tanh,
            new Linear(128, hardware) { Matrix = matrix },
            ActivationFunction.Tanh,
            new Linear(10, hardware) { Matrix = matrix },
            new LogSoftmax(),
        ];

    /// <summary>LeNet-5: 5×5 to 6 and 16 channels, each with tanh and max pooling, then 120, 84 and 10 outputs.</summary>
    /// <remarks>Images are padded by two pixels, which makes 28×28 the 32×32 that it was made for.</remarks>
    /// <param name="hardware">What its weights are made of.</param>
    /// <param name="matrix">How they lie on tiles.</param>
    /// <returns>Layers for 28×28 images.</returns>
    public static IReadOnlyList<LayerSettings> LeNet5(Hardware hardware, MatrixSettings matrix) =>
        [
            new Convolution(6, 5, hardware) { Matrix = matrix, Padding = 2 },
            ActivationFunction.Tanh,
            new Pooling(2),
            new Convolution(16, 5, hardware) { Matrix = matrix },
            ActivationFunction.Tanh,
            new Pooling(2),
            new Linear(120, hardware) { Matrix = matrix },
            ActivationFunction.Tanh,
            new Linear(84, hardware) { Matrix = matrix },
            ActivationFunction.Tanh,
            new Linear(10, hardware) { Matrix = matrix },
            new LogSoftmax(),
        ];

    /// <summary>The layers of a network by its name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="hardware">What its weights are made of.</param>
    /// <param name="matrix">How they lie on tiles.</param>
    /// <returns>The layers.</returns>
    /// <exception cref="ArgumentException">No network has this name.</exception>
    public static IReadOnlyList<LayerSettings> Named(string name, Hardware hardware, MatrixSettings matrix) =>
        name switch
        {
            "fcn" => Fcn(hardware, matrix),
            "cnn" => Cnn(hardware, matrix),
            "lenet-5" => LeNet5(hardware, matrix),
            _ => throw new ArgumentException($"Expected a model, one of {string.Join(", ", Names)}, got '{name}'.", nameof(name)),
        };
}
