namespace AnalogTheory

open System

/// <summary>Text with numbers that reads the same in every language.</summary>
/// <remarks>
/// An interpolated string of F# writes its numbers as the user's culture does: with a comma in German, with marks of direction in Persian. Names
/// of instances become keys of random streams, and messages are compared and searched, so none of them may depend on where a program runs.
/// </remarks>
[<AutoOpen>]
module internal Invariant =

    /// The text, its numbers in the invariant culture.
    let invariant (text: FormattableString) : string = FormattableString.Invariant text
