using System;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Pulses;
using AnalogTheory.Kernels.Sampling;

namespace AnalogTheory.Tiles.Arrays;

/// <summary>Refreshes pairs of elements that only go up: a pair whose two elements are high is reset, and its difference written back to one of them.</summary>
internal sealed class PairRefresh
{
    private const int RefreshKey = 8;

    private readonly DeviceArray _plus;
    private readonly DeviceArray _minus;
    private readonly UpdateSettings _update;

    internal PairRefresh(DeviceArray plus, DeviceArray minus, RefreshSettings settings)
    {
        (_plus, _minus, Settings) = (plus, minus, settings);
        double most = UpdateSettings.LargestBitLength * plus.Granularity;
        Scalar way = new(Math.Min(plus.Device.UpperBound - plus.Device.LowerBound, most));
        double slots = PulseCount.RoundedUp(way, new Scalar(plus.Granularity)).Value;
        _update = settings.Update ?? new() { BitLength = (int)Math.Clamp(slots, 1.0, UpdateSettings.LargestBitLength) };
    }

    /// <summary>When pairs are refreshed.</summary>
    internal RefreshSettings Settings { get; }

    /// <summary>Counts an update, and refreshes all pairs when their time has come.</summary>
    /// <param name="state">State of the pairs.</param>
    /// <param name="draws">Draws of the update.</param>
    /// <param name="batch">Samples of its mini-batch.</param>
    /// <returns>Pulses of the refresh.</returns>
    internal UpdateInfo After(ArrayState state, Draws draws, int batch)
    {
        state.Updates++;
        long period = Settings.Period(batch);
        return period > 0 && state.Updates % period == 0
            ? Refresh(state, Keys.Fold(Keys.Fold(draws.Key, RefreshKey), draws.Sample))
            : default;
    }

    private UpdateInfo Refresh(ArrayState state, ulong key)
    {
        (ArrayState ofPlus, ArrayState ofMinus) = (state.Parts[OneSidedArray.Plus], state.Parts[OneSidedArray.Minus]);
        float[] plus = new float[_plus.Outputs];
        float[] minus = new float[_plus.Outputs];
        bool[] isHigh = new bool[_plus.Outputs];
        float upper = (float)(Settings.UpperThreshold * _plus.Device.UpperBound);
        float lower = (float)(Settings.LowerThreshold * _plus.Device.UpperBound);
        UpdateInfo info = default;
        for (int j = 0; j < _plus.Inputs; j++)
        {
            ulong plusKey = Keys.Fold(key, 2 * (ulong)j);
            ulong minusKey = Keys.Fold(key, (2 * (ulong)j) + 1);
            _plus.ReadColumn(ofPlus, plusKey, j, plus);
            _minus.ReadColumn(ofMinus, minusKey, j, minus);
            bool any = false;
            for (int i = 0; i < isHigh.Length; i++)
            {
                isHigh[i] = MathF.Max(plus[i], minus[i]) > upper && MathF.Min(plus[i], minus[i]) > lower;
                any |= isHigh[i];
                float difference = isHigh[i] ? plus[i] - minus[i] : 0.0f;
                (plus[i], minus[i]) = (MathF.Max(difference, 0.0f), MathF.Max(-difference, 0.0f));
            }

            if (any)
            {
                _plus.ResetElements(ofPlus, plusKey, j, isHigh);
                _minus.ResetElements(ofMinus, minusKey, j, isHigh);
                info += _plus.UpdateColumn(ofPlus, plusKey, _update, j, plus, -1.0);
                info += _minus.UpdateColumn(ofMinus, minusKey, _update, j, minus, -1.0);
            }
        }

        return info;
    }
}
