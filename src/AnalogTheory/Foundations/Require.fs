namespace AnalogTheory

open System

/// <summary>Checks of arguments, made once at construction; each names the argument, what was expected and what came.</summary>
/// <remarks>All comparisons are written so that NaN fails them.</remarks>
[<RequireQualifiedAccess>]
module Require =

    let private fail (name: string) (expected: string) (value: string) : 'a =
        raise (ArgumentException($"Expected {expected}, got {name} = {value}.", name))

    let private shown (value: float) : string = value.ToString("R", Globalization.CultureInfo.InvariantCulture)

    /// <summary>A finite number.</summary>
    /// <param name="name">Name of the caller's argument, for the message.</param>
    /// <param name="value">What the caller gave.</param>
    let finite (name: string) (value: float) : unit = if not (Double.IsFinite value) then fail name "a finite number" (shown value)

    /// <summary>A finite number above 0.</summary>
    /// <param name="name">Name of the caller's argument, for the message.</param>
    /// <param name="value">What the caller gave.</param>
    let positive (name: string) (value: float) : unit =
        if not (value > 0.0 && Double.IsFinite value) then fail name "a finite number above 0" (shown value)

    /// <summary>A finite number of at least 0.</summary>
    /// <param name="name">Name of the caller's argument, for the message.</param>
    /// <param name="value">What the caller gave.</param>
    let nonNegative (name: string) (value: float) : unit =
        if not (value >= 0.0 && Double.IsFinite value) then
            fail name "a finite number of at least 0" (shown value)

    /// <summary>A finite number below 0.</summary>
    /// <param name="name">Name of the caller's argument, for the message.</param>
    /// <param name="value">What the caller gave.</param>
    let negative (name: string) (value: float) : unit =
        if not (value < 0.0 && Double.IsFinite value) then fail name "a finite number below 0" (shown value)

    /// <summary>A number in [lower, upper].</summary>
    /// <param name="name">Name of the caller's argument, for the message.</param>
    /// <param name="lower">Least accepted value.</param>
    /// <param name="upper">Largest accepted value; between two bounds, both are excluded.</param>
    /// <param name="value">What the caller gave.</param>
    let within (name: string) (lower: float) (upper: float) (value: float) : unit =
        if not (value >= lower && value <= upper) then
            fail name $"a number in [{string lower}, {string upper}]" (shown value)

    /// <summary>A number strictly between two bounds.</summary>
    /// <param name="name">Name of the caller's argument, for the message.</param>
    /// <param name="lower">Least accepted value.</param>
    /// <param name="upper">Largest accepted value; between two bounds, both are excluded.</param>
    /// <param name="value">What the caller gave.</param>
    let between (name: string) (lower: float) (upper: float) (value: float) : unit =
        if not (value > lower && value < upper) then
            fail name $"a number strictly between {string lower} and {string upper}" (shown value)

    /// <summary>An integer of at least `least`.</summary>
    /// <param name="name">Name of the caller's argument, for the message.</param>
    /// <param name="least">Least accepted value.</param>
    /// <param name="value">What the caller gave.</param>
    let atLeast (name: string) (least: int64) (value: int64) : unit =
        if value < least then fail name (invariant $"an integer of at least {least}") (string value)

    /// <summary>A sequence with at least one element.</summary>
    /// <param name="name">Name of the caller's argument, for the message.</param>
    /// <param name="length">The number of elements that came.</param>
    let nonEmpty (name: string) (length: int) : unit = if length < 1 then fail name "at least one element" "an empty sequence"

    /// <summary>A given length.</summary>
    /// <param name="name">Name of the caller's argument, for the message.</param>
    /// <param name="expected">The number of elements that is needed.</param>
    /// <param name="length">The number of elements that came.</param>
    let length (name: string) (expected: int) (length: int) : unit =
        if length <> expected then
            raise (ArgumentException(invariant $"Expected {name} of length {expected}, got length {length}.", name))

    /// <summary>A number of elements that fits one array; returns it.</summary>
    /// <param name="name">Name of the caller's argument, for the message.</param>
    /// <param name="length">The number of elements that came.</param>
    let arrayLength (name: string) (length: int64) : int =
        if length < 0L || length > int64 Array.MaxLength then
            fail name (invariant $"a length of at most {Array.MaxLength}") (string length)

        int length

    /// <summary>Finite elements only; the message gives the first offending index.</summary>
    /// <param name="name">Name of the caller's argument, for the message.</param>
    /// <param name="values">The caller's elements.</param>
    let allFinite (name: string) (values: ReadOnlySpan<float>) : unit =
        for i in 0 .. values.Length - 1 do
            if not (Double.IsFinite values[i]) then
                fail (invariant $"{name}[{i}]") "finite elements" (shown values[i])
