namespace AnalogTheory

open System
open AnalogTheory.Kernels.Algebra
open AnalogTheory.Kernels.Laws

/// <summary>Devices given by two functions q₊ and q₋ of the weight.</summary>
/// <remarks>
/// The functions must be pure and must return NaN, not throw, outside their domain. Every lane calls them, so such a device is as fast as they
/// are; a law over the algebra (one struct, see `AsymmetricLinearLaw`, and `ofLaw`) is faster, encloses itself and can be sent to a solver.
/// </remarks>
[<RequireQualifiedAccess>]
module UserDefined =

    [<Sealed>]
    type private Given(name: string, value: float -> float, enclosure: (Interval -> Interval) option) =
        inherit ScalarFunction()
        override _.Name = name
        override _.At x = value x

        override _.Replace numbers =
            for i in 0 .. numbers.Length - 1 do
                numbers[i] <- value numbers[i]

        override given.Enclose x =
            match enclosure with
            | Some enclose -> enclose x
            | None -> base.Enclose x

    // The same for a delegate, which F# would wrap in a function of its own.
    [<Sealed>]
    type private Delegated(name: string, value: Func<float, float>) =
        inherit ScalarFunction()
        override _.Name = name
        override _.At x = value.Invoke x

        override _.Replace numbers =
            for i in 0 .. numbers.Length - 1 do
                numbers[i] <- value.Invoke numbers[i]

    // A response that is not a number somewhere on its range would poison a run long after its construction.
    let private requireNumbers (argument: string) (response: float -> float) (lower: float) (upper: float) =
        // Where the range has no ends, the point of it that is nearest to 0 stands for its middle.
        for w in [ lower; upper; 0.5 * lower + 0.5 * upper; Math.Clamp(0.0, lower, upper) ] do
            if Double.IsFinite w && Double.IsNaN(response w) then
                raise (
                    ArgumentException(invariant $"Expected {argument} to return a number on [{lower}, {upper}], got NaN at {w}.", argument)
                )

    /// <summary>Device of a law over the algebra: as fast as a built-in one, with intervals and a solver's text.</summary>
    /// <param name="name">Name for tables and messages.</param>
    /// <param name="parameters">Parameters by their symbols.</param>
    /// <param name="lower">Lower end of the range that the law describes, unit of weight; −∞ for none.</param>
    /// <param name="upper">Upper end of that range, unit of weight; +∞ for none.</param>
    /// <param name="law">The law with its number system open.</param>
    /// <exception cref="T:System.ArgumentException">lower is not below upper, or the law gives NaN at an end, in the middle, or at the point of the range nearest to 0.</exception>
    let ofLaw (name: string) (parameters: (string * float) list) (lower: float) (upper: float) (law: DeviceLaw) : Device =
        if not (lower < upper) then
            raise (ArgumentException(invariant $"Expected lower below upper, got lower = {lower}, upper = {upper}.", nameof lower))

        requireNumbers "up" (fun w -> law.At(Scalar w).Up.Value) lower upper
        requireNumbers "down" (fun w -> law.At(Scalar w).Down.Value) lower upper

        { Name = name
          Parameters = parameters
          Lower = lower
          Upper = upper
          Source = Source.derived "given by its user"
          Law = law }

    let private device (name: string) lower upper (up: ScalarFunction) (down: ScalarFunction) : Device =
        ofLaw name [] lower upper (SuppliedLaw(up, down))

    /// <summary>Device with response functions given as F# functions; it has no interval enclosure.</summary>
    /// <param name="name">Name for tables and messages.</param>
    /// <param name="lower">Lower end of the range that the functions describe, unit of weight; −∞ for none.</param>
    /// <param name="upper">Upper end of that range, unit of weight; +∞ for none.</param>
    /// <param name="up">q₊, dimensionless, as a function of the weight.</param>
    /// <param name="down">q₋, dimensionless, as a function of the weight.</param>
    /// <exception cref="T:System.ArgumentException">lower is not below upper, or a function returns NaN at an end, in the middle, or at the point of the range nearest to 0.</exception>
    let create (name: string) (lower: float) (upper: float) (up: float -> float) (down: float -> float) : Device =
        device name lower upper (Given("q_up", up, None)) (Given("q_down", down, None))

    /// <summary>Device with response functions and interval extensions that enclose them; the extensions are trusted.</summary>
    /// <param name="name">Name for tables and messages.</param>
    /// <param name="lower">Lower end of the range, unit of weight; −∞ for none.</param>
    /// <param name="upper">Upper end of the range, unit of weight; +∞ for none.</param>
    /// <param name="up">q₊, dimensionless, as a function of the weight.</param>
    /// <param name="upEnclosure">A function whose interval contains q₊ at every point of its argument.</param>
    /// <param name="down">q₋, dimensionless, as a function of the weight.</param>
    /// <param name="downEnclosure">A function whose interval contains q₋ at every point of its argument.</param>
    /// <exception cref="T:System.ArgumentException">lower is not below upper, or a function returns NaN at an end, in the middle, or at the point of the range nearest to 0.</exception>
    let createEnclosed
        name
        lower
        upper
        (up: float -> float, upEnclosure: Interval -> Interval)
        (down: float -> float, downEnclosure: Interval -> Interval)
        : Device =
        device name lower upper (Given("q_up", up, Some upEnclosure)) (Given("q_down", down, Some downEnclosure))

    /// <summary>Device with response functions given as delegates, for callers outside F#.</summary>
    /// <param name="name">Name for tables and messages.</param>
    /// <param name="lower">Lower end of the range, unit of weight; −∞ for none.</param>
    /// <param name="upper">Upper end of the range, unit of weight; +∞ for none.</param>
    /// <param name="up">q₊ as a function of the weight.</param>
    /// <param name="down">q₋ as a function of the weight.</param>
    /// <exception cref="T:System.ArgumentException">As `create`.</exception>
    let ofDelegates (name: string) (lower: float) (upper: float) (up: Func<float, float>) (down: Func<float, float>) : Device =
        ArgumentNullException.ThrowIfNull(up, nameof up)
        ArgumentNullException.ThrowIfNull(down, nameof down)
        device name lower upper (Delegated("q_up", up)) (Delegated("q_down", down))
