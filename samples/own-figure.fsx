// Own results in the look of the figures, from F#: the response of a device, drawn in five lines.
//
//     dotnet fsi own-figure.fsx
//
// The extension of a file names its form: svg, pdf, png, or html for a page that needs no network.

#r "nuget: AnalogTheory, 0.1.0"
#r "nuget: AnalogTheory.Plotting, 0.1.0"

open AnalogTheory
open AnalogTheory.Plotting

let device = ExponentialStep.create 1.0 -1.0 0.5 0.5
let weights = [| -1.0 .. 0.05 .. 1.0 |]

Chart("Response of an exponential device", "Weight *w*", "Response factor")
    .Line("*q*_{+}", weights, weights |> Array.map device.Up)
    .Line("*q*_{−}", weights, weights |> Array.map device.Down)
    .Save "response.svg"

printfn $"response.svg, symmetric point at {SymmetricPoint.find device:F4}"

// Prints
