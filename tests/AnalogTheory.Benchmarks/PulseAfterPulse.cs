using System;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;

namespace AnalogTheory.Benchmarks;

/// <summary>The update as it is usually written: slot after slot, row after row, column after column, one pulse and one table look-up for its noise at a time.</summary>
internal sealed class PulseAfterPulse
{
    private const int TableSize = 32768;

    private readonly int _side;
    private readonly float[] _weights;
    private readonly float[] _up;
    private readonly float[] _down;
    private readonly float[] _upper;
    private readonly float[] _lower;
    private readonly float[] _table = new float[TableSize];
    private readonly float _noise;
    private readonly bool[] _rows;
    private readonly bool[] _columns;
    private uint _random = 12345;

    internal PulseAfterPulse(SoftBoundsReferenceDevice device, int side)
    {
        _side = side;
        _noise = (float)device.CycleNoise;
        PulsedArray array = new(device, side, side, deviceKey: 1);
        _weights = new float[side * side];
        _up = Parameter(array, 0);
        _down = Parameter(array, 1);
        _lower = Parameter(array, 2);
        _upper = Parameter(array, 3);
        _rows = new bool[side];
        _columns = new bool[side];
        Kernels.Sampling.Gaussian.Fill(1, 2, 3, _table);
    }

    internal long Send(float[] x, float[] d, int slots, double largest, double sign)
    {
        long pulses = 0;
        for (int slot = 0; slot < slots; slot++)
        {
            Fire(x, _columns, (float)largest);
            Fire(d, _rows, (float)largest);
            for (int i = 0; i < _side; i++)
            {
                if (!_rows[i])
                {
                    continue;
                }

                for (int j = 0; j < _side; j++)
                {
                    if (_columns[j])
                    {
                        Pulse((i * _side) + j, x[j] * d[i] * sign < 0.0);
                        pulses++;
                    }
                }
            }
        }

        return pulses;
    }

    private static float[] Parameter(PulsedArray array, int parameter)
    {
        Grid grid = new(array.Outputs, array.Inputs);
        for (int i = 0; i < array.Outputs; i++)
        {
            for (int j = 0; j < array.Inputs; j++)
            {
                grid[i, j] = array.Elements[parameter, i, j];
            }
        }

        return grid.Values.ToArray();
    }

    private void Fire(float[] values, bool[] fires, float largest)
    {
        for (int k = 0; k < values.Length; k++)
        {
            fires[k] = (Next() >> 8) * (1.0f / (1 << 24)) < largest * MathF.Abs(values[k]);
        }
    }

    private void Pulse(int element, bool isUp)
    {
        float w = _weights[element];
        float xi = _table[Next() % TableSize];
        w += isUp
            ? _up[element] * (1.0f - (w / _upper[element]) + (_noise * xi))
            : -(_down[element] * (1.0f - (w / _lower[element]) + (_noise * xi)));
        _weights[element] = MathF.Max(_lower[element], MathF.Min(_upper[element], w));
    }

    private uint Next()
    {
        unchecked
        {
            _random ^= _random << 13;
            _random ^= _random >> 17;
            _random ^= _random << 5;
            return _random;
        }
    }
}
