module AnalogTheory.Figures.Program
[<EntryPoint>]
let main _ = 0
