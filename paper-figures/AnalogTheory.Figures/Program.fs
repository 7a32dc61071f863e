/// Entry point; recipes will be run from here.
module AnalogTheory.Figures.Program

/// <summary>Draws the figures.</summary>
[<EntryPoint>]
let main (_: string[]) : int = 0
