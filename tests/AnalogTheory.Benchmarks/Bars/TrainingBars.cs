using System.Collections.Generic;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;

namespace AnalogTheory.Benchmarks.Bars;

/// <summary>Bars of trainings: the paper's fully connected network in mini-batches of ten; times are per image.</summary>
internal static class TrainingBars
{
    private const int Batch = 10;
    private const int Crosspoints = (256 * 784) + (128 * 256) + (10 * 128);

    /// <summary>Images of the fully connected network.</summary>
    internal static (List<Work> Works, List<Bar> Bars) Images()
    {
        TrainingBenchmarks training = new();
        double pulses = 0.0;
        for (int step = 0; step < 20; step++)
        {
            training.AnalogForward();
            training.AnalogBackward();
            pulses += training.AnalogUpdate() / (20.0 * Batch * Crosspoints);
        }

        LargeTile tile = new(pulses);
        string ofTile = string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{pulses:0.000} pulses a crosspoint on a large tile"
        );
        return (
            [
                new("multiply-adds of the products in registers", Batch, () => Peak.MultiplyAdds(MultiplyAdds)),
                new("digital products", Batch, training.Products),
                new("digital forward", Batch, training.DigitalForward),
                new("digital backward", Batch, training.DigitalBackward),
                new("digital update", Batch, () => training.DigitalUpdate()),
                new("digital image", Batch, training.DigitalImage),
                new("analog forward", Batch, training.AnalogForward),
                new("analog backward", Batch, training.AnalogBackward),
                new("analog update", Batch, () => training.AnalogUpdate()),
                new("analog image", Batch, training.AnalogImage),
                new(ofTile, LargeTile.Crosspoints / (double)Crosspoints, () => tile.Send()),
                new(
                    "analog image, two trainings on two threads",
                    2 * TrainingBenchmarks.Steps * Batch,
                    training.AnalogImageTwoTrainingsOnTwoThreads
                ),
            ],
            [
                Bar.AtMost("digital image over its matrix products", 1.3, "digital image", "digital products"),
                new(
                    "analog image over 3 digital ones and its pulses on a large tile",
                    1.0,
                    false,
                    times => times["analog image"] / ((3.0 * times["digital image"]) + times[ofTile])
                ),
                Bar.AtLeast(
                    "two trainings on two threads, times as fast",
                    1.7,
                    "analog image, two trainings on two threads",
                    "analog image"
                ),
            ]
        );
    }

    /// <summary>The convolutions of the paper's convolutional network.</summary>
    internal static (List<Work> Works, List<Bar> Bars) Convolutions()
    {
        ConvolutionBenchmarks layers = new();
        const int Images = ConvolutionBenchmarks.Batch;
        return (
            [
                new("multiply-adds in registers", Images, () => Peak.MultiplyAdds(layers.MultiplyAdds[0] + layers.MultiplyAdds[1])),
                new("one large product", Images, layers.LargeProduct),
                new("one large transposed product", Images, layers.LargeTransposedProduct),
                new("products alone", Images, layers.ProductsAlone),
                new("layers forward", Images, layers.Forward),
                new("second layer backward", Images, layers.Backward),
                new("layers, update", Images, layers.Update),
            ],
            [
                Bar.AtMost("unfolded products over one large product", 2.0, "products alone", "one large product"),
                Bar.AtMost("layers forward over one large product", 2.0, "layers forward", "one large product"),
            ]
        );
    }

    private static long MultiplyAdds => Batch * ((2L * Crosspoints) + (128 * 256) + (10 * 128));

    /// <summary>The tile of the update benchmarks, at a mean number of pulses.</summary>
    private sealed class LargeTile(double pulses)
    {
        internal const int Crosspoints = TileUpdateBenchmarks.Side * TileUpdateBenchmarks.Side;

        private readonly PulsedArray _array = new(
            new SoftBoundsReferenceDevice(),
            TileUpdateBenchmarks.Side,
            TileUpdateBenchmarks.Side,
            deviceKey: 1
        );

        private readonly float[] _x = TileUpdateBenchmarks.Uniforms(1);
        private readonly float[] _d = TileUpdateBenchmarks.Uniforms(2);
        private ArrayState? _state;
        private double _sign = 1.0;
        private ulong _key;

        internal long Send()
        {
            _state ??= _array.Init();
            _sign = -_sign;
            return _array.Update(_state, ++_key, UpdateSettings.Default, _x, _d, _sign * 4.0 * pulses * _array.Granularity).Pulses;
        }
    }
}
