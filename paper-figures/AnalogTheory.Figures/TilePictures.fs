/// Pictures of devices on arrays, for a command line.
namespace AnalogTheory.Figures

open System
open System.Collections.Generic
open AnalogTheory
open AnalogTheory.Plotting
open AnalogTheory.Runs

/// <summary>Draws devices as the atlas does; each picture is an SVG and a PNG.</summary>
[<AbstractClass; Sealed>]
type TilePictures =

    /// <summary>The response of a published device and its step factors, with how much elements differ.</summary>
    /// <param name="name">File name without extension.</param>
    /// <param name="preset">Name of the device.</param>
    /// <param name="elements">Number of elements drawn, at least 1.</param>
    /// <param name="seed">Seed of the elements.</param>
    static member OfDevice(name: string, preset: string, elements: int, seed: uint64) : IReadOnlyList<ResultFile> =
        let parameters =
            { DeviceAtlas.defaults with
                Devices = [ preset ]
                Elements = elements }

        let plate = DeviceAtlasFigure.single preset (DeviceAtlas.run (Key.ofSeed seed) parameters)

        [| for file, content in PlateRenderer.files name plate do
               if not (file.EndsWith(".pdf", StringComparison.Ordinal)) then
                   { Name = file; Content = content } |]
        :> IReadOnlyList<ResultFile>
