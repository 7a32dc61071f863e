namespace AnalogTheory

/// Figures 2 and 6 of the paper: what a device does to pulses, and its response factors.
[<RequireQualifiedAccess>]
module ResponseCurves =

    /// <summary>Columns "series", "pulse", "weight": a train of up pulses, then as many down pulses, from the symmetric point.</summary>
    /// <param name="granularity">Δw_min.</param>
    /// <param name="pulses">Pulses up, and then down.</param>
    /// <param name="devices">Labelled devices with the weights where their trains begin.</param>
    let trains (granularity: float) (pulses: int) (devices: (string * Device * float) list) : Table =
        let table (label, device, start) =
            let pulsed = PulsedDevice.create granularity device
            let weights = UpDownResponse.weights pulsed (Key.ofSeed 0UL) 1 pulses pulses start

            Table.create
                "trains"
                [ "series", Texts(Array.create weights.Length label)
                  "pulse", Numbers(Array.init weights.Length float)
                  "weight", Numbers weights ]

        devices |> List.map table |> Table.concat "trains"

    /// <summary>Columns "series", "w", "q₊", "q₋", "F", "G" over each device's range, widened by a share of it on both sides.</summary>
    /// <param name="points">Points per device.</param>
    /// <param name="margin">Share of the range to show beyond it.</param>
    /// <param name="devices">Labelled devices of bounded range.</param>
    let factors (points: int) (margin: float) (devices: (string * Device) list) : Table =
        Require.atLeast "points" 2L (int64 points)

        let table (label, device: Device) =
            let extra = margin * (device.Upper - device.Lower)
            let low, high = device.Lower - extra, device.Upper + extra
            let w = Array.init points (fun i -> low + (high - low) * float i / float (points - 1))

            Table.create
                "factors"
                [ "series", Texts(Array.create points label)
                  "w", Numbers w
                  "q₊", Numbers(Array.map device.Up w)
                  "q₋", Numbers(Array.map device.Down w)
                  "F", Numbers(Array.map device.Symmetric w)
                  "G", Numbers(Array.map device.Asymmetric w) ]

        devices |> List.map table |> Table.concat "factors"
