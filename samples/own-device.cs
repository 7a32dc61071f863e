// A device of your own: two functions say how far a pulse moves the weight up and down; all else follows.
//
//     dotnet run own-device.cs
//
// This one is steeper than the linear device: q+ = (1 - w)^2, q- = (1 + w)^2. Its steps up and down agree at w = 0, the symmetric point.

#:package AnalogTheory.CSharp@0.1.0
#:property InvariantGlobalization=true
#:property PublishAot=false

using AnalogTheory.CSharp;

Device quadratic = Device.UserDefined(
    up: w => (1 - w) * (1 - w),
    down: w => (1 + w) * (1 + w),
    lower: -1.0,
    upper: 1.0,
    name: "quadratic"
);

// What the theory asks of a device, and what it claims of one: each with what was found.
Console.WriteLine(quadratic.Check());

// Does its steeper response cost accuracy? The same training on both devices, for a minimum at w = 0.3.
Problem problem = Problem.Quadratic(curvature: 1.0, minimizer: [0.3]);
foreach (Device device in new[] { Device.AsymmetricLinear(radius: 1.0), quadratic })
{
    Simulation simulation = new(problem, Noise.Gaussian(0.3), Rule.AnalogSgd(device, learningRate: 0.01), start: [0.0]);
    Ensemble ensemble = simulation.RunEnsemble(replicas: 200, steps: 4000, seed: 1, Measure.GradientNormSquared, Measure.Weight(0));
    Console.WriteLine($"{device.Name}: w ends at {ensemble.Average(Measure.Weight(0))}, gradient squared {ensemble.Average(Measure.GradientNormSquared)}");
}

// Prints
//   quadratic on [-1, 1]: w⋄ = 0, 1 from linear, |Δ| ≤ 0.5 keeps weights in the range
//     finite          Seen at 32770 points q₊ and q₋ are finite numbers on the range
//     non-negative    Seen at 32930 points q₊, q₋ ≥ 0 on the range: lowest places looked into
//     saturating      Seen at 32770 points q₊ never rises and q₋ never falls with the weight
//     symmetric point Seen at 32770 points q₊ = q₋ somewhere on the range: w⋄ = 0
//     unique          Seen at 32770 points there is one symmetric point
//     attracting      Seen at 2 points     G rises through the symmetric point: pairs of pulses draw the weight to it where G rises
//     D1              Seen at 528 points   both forms of U agree: for all reals by query D1-any
//     D2              Vacuous              |w−w⋄| ≤ τ and |Δ| ≤ τ imply |U(w,Δ)−w⋄| ≤ τ: what it concludes fails, at w = -1, Δ = 1 for one; |Δ| up to 0.5 keeps every weight in the range
//     D3              Vacuous              a step away from w⋄ is scaled by 1−|w−w⋄|/τ, a step towards it by 1+|w−w⋄|/τ: what it concludes fails, at w = -1, Δ = 1 for one
//     D4              Vacuous              n pulses of one sign: w_n = w⋄ + sτ + (w−w⋄−sτ)(1−Δw_min/τ)ⁿ: what it concludes fails, at w = -1, s = 1, n = 5, Δw_min = 0.0625 for one
//     D5              Seen at 1584 points  |U(w, s·nΔw_min) − w_n| ≤ ℓM·Δw_min²·n(n−1)/2: ℓ = 4, M = 4
//     D6              Vacuous              U(U(w,a),b) − U(U(w,b),a) = |a||b|(sgn b − sgn a)/τ: what it concludes fails, at w = -1, a = 1, b = -0.3 for one
//     D7              Vacuous              U(U(w,Δ),−Δ) − w⋄ = (1−Δ/τ)²(w−w⋄) − Δ²/τ for 0 < Δ ≤ τ: what it concludes fails, at w = -1, Δ = 1 for one
//     D8              Vacuous              independent ±Δw_min pulses: E[w_n − w⋄] = (1−Δw_min/τ)ⁿ(w₀−w⋄), stationary variance Δw_min·τ/(2−Δw_min/τ): what it concludes fails, at w₀ = -1, n = 8, Δw_min = 0.0625 for one
//     D9              Seen at 1056 points  |U(w,Δ) − U(w,Δ′)| ≤ sup(F+|G|)·|Δ−Δ′|: constant 4; for all reals by query D9
//   asymmetric linear: w ends at 0.24097 ± 0.00076, gradient squared 0.003847 ± 0.000091
//   quadratic: w ends at 0.20199 ± 0.00065, gradient squared 0.00991 ± 0.00013
