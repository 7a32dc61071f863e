using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Algorithms;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Tiles.Periphery;

namespace AnalogTheory.Tiles.Tests.Reference;

/// <summary>The least-squares training of the paper's Figure 3, as the first line of a file describes it: 100 samples, 40 weights, one mini-batch an iteration.</summary>
/// <remarks>
/// fₖ/D is recorded before update k from the exact weights. Where the kit trains, a digital bias follows by plain SGD and dₙ = (yₙ + b − Yₙ)/N goes to the array sample by
/// sample; the full-batch curves add their noise to the gradient instead, and treat the bias as one more weight.
/// </remarks>
internal sealed partial class KitLeastSquares
{
    private readonly float[] _rows;
    private readonly float[] _target;
    private readonly int _samples;
    private readonly int _dimension;
    private readonly ReferenceFile _file;

    internal KitLeastSquares(ReferenceFile file)
    {
        _file = file;
        ReferenceFile matrix = ReferenceFile.Open("fig3_A.csv");
        ReferenceFile target = ReferenceFile.Open("fig3_Y.csv");
        _samples = matrix.Rows;
        _target = [.. Enumerable.Range(0, target.Rows).Select(n => (float)target.Number(n, "Y"))];
        IsFullBatch = Header.Contains("run_AGD_approx", StringComparison.Ordinal) || Header.Contains("run_SGD", StringComparison.Ordinal);
        float[] ones = IsFullBatch ? [1.0f] : [];
        _rows = [.. Enumerable.Range(0, _samples).SelectMany(n => matrix.Numbers(n, "a0").Select(a => (float)a).Concat(ones))];
        _dimension = _rows.Length / _samples;
        Weights = _dimension - ones.Length;
        LearningRate = Number("lr", 0.03);
        Noise = Number("w_noise", Number("noise", 0.0));
        TrainsBias = !IsFullBatch && !Header.Contains("trained by SGD=no", StringComparison.Ordinal);
        Iterations = (int)file.Number(file.Rows - 1, "k");
    }

    internal bool IsFullBatch { get; }

    internal bool TrainsBias { get; }

    internal double LearningRate { get; }

    internal double Noise { get; }

    internal int Iterations { get; }

    /// <summary>D, without the bias.</summary>
    internal int Weights { get; }

    private string Header => _file.Header;

    /// <summary>fₖ/D at the file's k, one run.</summary>
    internal double[] Losses(ulong key)
    {
        IArrayAlgorithm algorithm = Algorithm();
        AlgorithmState state = algorithm.Init();
        double[] losses = new double[_file.Rows];
        float[] weights = new float[_dimension];
        float[] y = new float[_samples];
        float[] gradient = new float[_dimension];
        double[] normals = new double[_dimension];
        float bias = 0.0f;
        int row = 0;
        for (int k = 0; k <= Iterations; k++)
        {
            if (k == (int)_file.Number(row, "k"))
            {
                algorithm.Get(state, weights);
                losses[row++] = Loss(weights, bias) / Weights;
            }

            ulong step = Keys.Fold(key, (ulong)k);
            algorithm.Forward(state, step, _rows, y);
            for (int n = 0; n < _samples; n++)
            {
                y[n] = (y[n] + bias - _target[n]) / _samples;
            }

            if (IsFullBatch)
            {
                Gaussian.Fill(step, Purpose.General, 0, normals);
                for (int j = 0; j < _dimension; j++)
                {
                    double sum = Noise * normals[j];
                    for (int n = 0; n < _samples; n++)
                    {
                        sum += (double)y[n] * _rows[(n * _dimension) + j];
                    }

                    gradient[j] = (float)sum;
                }

                algorithm.Update(state, step, gradient, [1.0f], LearningRate);
            }
            else
            {
                algorithm.Update(state, step, _rows, y, LearningRate);
                bias -= TrainsBias ? (float)LearningRate * y.Sum() : 0.0f;
            }
        }

        return losses;
    }

    private double Loss(float[] weights, float bias)
    {
        double sum = 0.0;
        for (int n = 0; n < _samples; n++)
        {
            double residual = bias - _target[n];
            for (int j = 0; j < _dimension; j++)
            {
                residual += (double)weights[j] * _rows[(n * _dimension) + j];
            }

            sum += residual * residual;
        }

        return sum / (2 * _samples);
    }

    private IArrayAlgorithm Algorithm()
    {
        if (Header.Contains("run_SGD", StringComparison.Ordinal))
        {
            return new PulsedSgd(new IdealArray(1, _dimension));
        }

        double radius = Number("tau", 1.0);
        DeviceSettings device = new SoftBoundsReferenceDevice
        {
            UpperBound = radius,
            LowerBound = -radius,
            Granularity =
                radius
                / double.Parse(
                    States().Match(Header) is { Success: true } match ? match.Groups[1].Value : "300",
                    CultureInfo.InvariantCulture
                ),
            CycleNoise = 0.0,
            SubtractSymmetricPoint = Header.Contains("subtract_symmetry_point=1", StringComparison.Ordinal),
        }.WithoutSpread();
        if (Header.Contains("own double-precision", StringComparison.Ordinal))
        {
            return new PulsedSgd(
                new ContinuousArray(device, 1, _dimension, deviceKey: 1) { ForwardPeriphery = ReadNoise(IsFullBatch ? 0.0 : Noise) }
            );
        }

        bool readsExactly = Header.Contains("noise-free", StringComparison.Ordinal);
        KitSetup setup = KitSetup.Read(
            Header.Replace("run_AGD", "plain pulsed SGD", StringComparison.Ordinal),
            PulseType.StochasticCompressed
        );
        return setup.Over(() =>
            new PulsedArray(device, 1, _dimension, deviceKey: 1)
            {
                ForwardPeriphery = ReadNoise(Noise),
                TransferPeriphery = readsExactly ? PeripherySettings.Perfect : PeripherySettings.Default,
            }
        );
    }

    /// <summary>get_IO of the authors' script.</summary>
    internal static PeripherySettings ReadNoise(double noise) =>
        new()
        {
            WeightNoiseKind = WeightNoise.AdditiveConstant,
            WeightNoise = noise,
            InputBound = 10.0,
            OutputBound = 10.0,
            InputResolution = 0.0,
            OutputResolution = 0.0,
            OutputNoise = 0.0,
            NoiseManagement = NoiseManagement.None,
            BoundManagement = false,
        };

    private double Number(string name, double otherwise) => KitSetup.Read(Header, PulseType.Exact)[name, otherwise];

    [GeneratedRegex("dw_min=tau/([0-9]+)")]
    private static partial Regex States();
}
