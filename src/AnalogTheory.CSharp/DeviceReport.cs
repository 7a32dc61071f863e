using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text;
using Core = AnalogTheory;

namespace AnalogTheory.CSharp;

/// <summary>One demand or claim, checked on a device.</summary>
public sealed record DeviceFinding
{
    internal DeviceFinding(Core.DeviceFinding inner)
    {
        Id = inner.Id;
        Statement = inner.Statement;
        Verdict = Verdict.Of(inner.Verdict);
        Remark = inner.Remark;
    }

    /// <summary>A claim, such as <c>D2</c>, or the name of a demand, such as <c>non-negative</c>.</summary>
    public string Id { get; }

    /// <summary>The statement in one line.</summary>
    public string Statement { get; }

    /// <summary>The answer.</summary>
    public Verdict Verdict { get; }

    /// <summary>What the answer covers, and what else there is to say; may be empty.</summary>
    public string Remark { get; }
}

/// <summary>The demands on a response and claims D1 to D9, checked on a device. Immutable.</summary>
/// <remarks>
/// An exact verdict settles what its remark says it covers: the whole range, where the device's law encloses itself over intervals, or the
/// points that were looked at. Claims about the asymmetric linear device are vacuous for others, and the remark says whether what they
/// conclude happens to hold.
/// </remarks>
public sealed class DeviceReport
{
    private readonly Core.DeviceReport _inner;

    internal DeviceReport(Device device, Core.DeviceReport inner)
    {
        _inner = inner;
        Device = device;
        Demands = [.. inner.Demands.Select(finding => new DeviceFinding(finding))];
        Claims = [.. inner.Claims.Select(finding => new DeviceFinding(finding))];
    }

    /// <summary>The device.</summary>
    public Device Device { get; }

    /// <summary>Smallest weight examined: the device's lower end, or where a range without end was cut.</summary>
    public double Lower => _inner.Lower;

    /// <summary>Largest weight examined.</summary>
    public double Upper => _inner.Upper;

    /// <summary>Whether the law encloses itself, so that findings by intervals hold on the whole range.</summary>
    public bool IsEnclosed => _inner.IsEnclosed;

    /// <summary>w⋄; null if there is none.</summary>
    public double? SymmetricPoint => _inner.SymmetricPoint?.Value;

    /// <summary>Largest |F − 1| + |G − (w−w⋄)/τ| at the points: 0 for the asymmetric linear device.</summary>
    public double DistanceFromLinear => _inner.DistanceFromLinear;

    /// <summary>
    /// Largest |Δ| that keeps every weight of the range in it, by the points; 0 where a response does not vanish at its end, ∞ for a range
    /// without ends.
    /// </summary>
    public double LargestStep => _inner.LargestStep;

    /// <summary>M, the largest response, enclosed where the law encloses itself.</summary>
    public double LargestResponse => _inner.LargestResponse;

    /// <summary>ℓ, the largest slope of a response between neighbouring points; 1/weight.</summary>
    public double LargestSlope => _inner.LargestSlope;

    /// <summary>Demands on a response: finite, not negative, saturating, one symmetric point that attracts.</summary>
    public ImmutableArray<DeviceFinding> Demands { get; }

    /// <summary>D1 to D9.</summary>
    public ImmutableArray<DeviceFinding> Claims { get; }

    /// <summary>Whether no demand and no claim is refuted.</summary>
    public bool IsSound => _inner.Refuted.IsEmpty;

    /// <summary>The device, its constants, and a line for every demand and claim.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString()
    {
        StringBuilder text = new();
        _ = text.Append(
            CultureInfo.InvariantCulture,
            $"{Device} on [{Lower:G5}, {Upper:G5}]: w⋄ = {SymmetricPoint?.ToString("G5", CultureInfo.InvariantCulture) ?? "none"}, {DistanceFromLinear:G3} from linear, |Δ| ≤ {LargestStep:G5} keeps weights in the range"
        );
        foreach (DeviceFinding finding in Demands.AddRange(Claims))
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"\n  {finding.Id, -15} {finding.Verdict.Name, -9} {Told(finding)}");
        }

        return text.ToString();
    }

    private static string Told(DeviceFinding finding) =>
        finding.Verdict is Verdict.Refuted refuted ? $"{finding.Statement}: fails at {refuted.Counterexample}"
        : finding.Remark.Length == 0 ? finding.Statement
        : $"{finding.Statement}: {finding.Remark}";
}
