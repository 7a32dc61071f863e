namespace AnalogTheory

open AnalogTheory.Tiles.Devices

/// The published devices side by side: noiseless responses, step factors, symmetric points, and how much elements differ.
[<RequireQualifiedAccess>]
module DeviceAtlas =

    /// Parameters of the atlas.
    type Parameters =
        {
            /// Names of presets.
            Devices: string list
            /// Elements drawn of each.
            Elements: int
            /// Points of each curve.
            Points: int
        }

    /// All presets, a hundred and twenty elements each.
    let defaults: Parameters =
        { Devices = [ for preset in DevicePresets.All -> preset.Name ]
          Elements = 120
          Points = 121 }

    /// Values at shares of the sorted finite ones; NaN without any.
    let private quantiles (shares: float list) (values: float[]) : float list =
        let sorted = values |> Array.filter System.Double.IsFinite |> Array.sort

        [ for share in shares ->
              if sorted.Length = 0 then
                  nan
              else
                  sorted[int (System.Math.Round(share * float (sorted.Length - 1)))] ]

    /// <summary>Pulses from one bound to near the other: four times what equal steps would need, so that soft bounds are seen.</summary>
    /// <param name="device">The device of the tile.</param>
    let pulses (device: DeviceSettings) : int =
        let states = (device.UpperBound - device.LowerBound) / device.PulseGranularity
        max 20 (int (System.Math.Ceiling(2.0 * states)))

    let private response (parameters: Parameters) name (device: DeviceSettings) (sample: DeviceSample) : Table =
        let count = pulses device
        let mean = DeviceSample(device.WithoutSpread(), 1, 0UL)
        let nominal = mean.Response(0, device.LowerBound, count, count)
        let runs = [| for e in 0 .. sample.Count - 1 -> sample.Response(e, device.LowerBound, count, count) |]
        let at = [| for i in 0 .. parameters.Points - 1 -> i * 2 * count / (parameters.Points - 1) |]
        let bands = at |> Array.map (fun n -> runs |> Array.map (fun run -> run[n]) |> quantiles [ 0.1; 0.9 ])

        Table.create
            "responses"
            [ "device", Texts(Array.create at.Length name)
              "pulse", Numbers(at |> Array.map float)
              "w", Numbers(at |> Array.map (fun n -> nominal[n]))
              "lower", Numbers(bands |> Array.map List.head)
              "upper", Numbers(bands |> Array.map List.last) ]

    let private factors (parameters: Parameters) name (device: DeviceSettings) (sample: DeviceSample) : Table =
        let mean = DeviceSample(device.WithoutSpread(), 1, 0UL)
        let low, high = mean.Lower 0, mean.Upper 0
        let weights = [| for i in 0 .. parameters.Points - 1 -> low + (high - low) * float i / float (parameters.Points - 1) |]
        // Rounding must not put the last weight outside of the range.
        weights[weights.Length - 1] <- high
        let up, down = weights |> Array.map (fun w -> mean.Up(0, w)), weights |> Array.map (fun w -> mean.Down(0, w))

        let spread factor =
            weights
            |> Array.map (fun w -> [| for e in 0 .. sample.Count - 1 -> factor (e, w) |] |> quantiles [ 0.1; 0.9 ])

        let upBand, downBand = spread sample.Up, spread sample.Down

        Table.create
            "factors"
            [ "device", Texts(Array.create weights.Length name)
              "w", Numbers weights
              "q₊", Numbers up
              "q₋", Numbers down
              "F", Numbers(Array.map2 (fun up down -> 0.5 * (up + down)) up down)
              "G", Numbers(Array.map2 (fun up down -> 0.5 * (down - up)) up down)
              "q₊ lower", Numbers(upBand |> Array.map List.head)
              "q₊ upper", Numbers(upBand |> Array.map List.last)
              "q₋ lower", Numbers(downBand |> Array.map List.head)
              "q₋ upper", Numbers(downBand |> Array.map List.last) ]

    /// <summary>Tables "responses", "factors" (q±, F, G against w with the middle 80 % of elements) and "devices" (one row a device).</summary>
    /// <param name="key">Randomness; one key gives one result.</param>
    /// <param name="parameters">The experiment's parameters; <c>defaults</c> are those of the figure.</param>
    let run (key: Key) (parameters: Parameters) : Table list =
        let devices =
            [ for name in parameters.Devices do
                  let preset = DevicePresets.Named name
                  name, preset, DeviceSample(preset.Device, parameters.Elements, (Key.named name key).Bits) ]

        let points (sample: DeviceSample) = [| for e in 0 .. sample.Count - 1 -> sample.SymmetricPoint e |]
        let column f = Numbers [| for device in devices -> f device |]

        let quantile share (_, _, sample) = points sample |> quantiles [ share ] |> List.head
        let nominal (_, preset: DevicePreset, _) = DeviceSample(preset.Device.WithoutSpread(), 1, 0UL).SymmetricPoint 0

        [ Table.concat "responses" [ for name, preset, sample in devices -> response parameters name preset.Device sample ]
          Table.concat "factors" [ for name, preset, sample in devices -> factors parameters name preset.Device sample ]
          Table.create
              "devices"
              [ "device", Texts [| for name, _, _ in devices -> name |]
                "source", Texts [| for _, preset, _ in devices -> preset.Source |]
                "Δw_min", column (fun (_, preset, _) -> preset.Device.PulseGranularity)
                "states",
                column (fun (_, preset, _) -> (preset.Device.UpperBound - preset.Device.LowerBound) / preset.Device.PulseGranularity)
                "cycle noise", column (fun (_, preset, _) -> preset.Device.CycleNoise)
                "write noise", column (fun (_, preset, _) -> preset.Device.WriteNoise)
                "w⋄", column nominal
                "w⋄ 10 %", column (quantile 0.1)
                "w⋄ median", column (quantile 0.5)
                "w⋄ 90 %", column (quantile 0.9)
                "without w⋄",
                column (fun (_, _, sample) ->
                    (points sample |> Array.filter System.Double.IsNaN |> Array.length |> float) / float sample.Count) ] ]
