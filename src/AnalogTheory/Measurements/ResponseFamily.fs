namespace AnalogTheory

open System

/// What a fit starts from: where the readings lie, and straight lines through the steps of each direction.
type StepOutline =
    {
        /// Smallest reading.
        Lower: float
        /// Largest reading.
        Upper: float
        /// Size of a step up at the middle of the readings, and its change per unit of weight.
        Up: struct (float * float)
        /// Size of a step down at the middle of the readings, and its change per unit of weight.
        Down: struct (float * float)
    }

    /// Middle of the readings.
    member outline.Middle = 0.5 * outline.Lower + 0.5 * outline.Upper

    /// Size of their range.
    member outline.Size = outline.Upper - outline.Lower

/// <summary>A law of the two papers with its parameters open, as a fit moves them.</summary>
/// <remarks>
/// A fit moves shape coordinates without unit: offsets as shares of the readings' range, positive numbers as logarithms. The size of a pulse is no
/// shape: the granularity follows from the step at the middle of the readings, which the data determine best. Responses are those of the
/// devices themselves; nothing is transcribed.
/// </remarks>
[<NoEquality; NoComparison>]
type ResponseFamily =
    {
        /// Name of the law, as its device has it.
        Name: string
        /// The device at given coordinates.
        Device: StepOutline -> float[] -> Device
        /// Coordinates to begin from, one set or more.
        Starts: StepOutline -> float[] list
        /// Smallest and largest coordinates.
        Bounds: StepOutline -> struct (float * float)[]
    }

/// The laws that a fit tries.
[<RequireQualifiedAccess>]
module ResponseFamily =

    // Where steps vanish is looked for from a quarter of the readings' range beyond their middle to a thousand ranges.
    let private reach = struct (log 0.3, log 1000.0)
    let private exponents = struct (log 0.05, log 50.0)

    let private reachFrom (from: float) (outline: StepOutline) (edge: float) = log (Math.Clamp((edge - from) / outline.Size, 0.35, 300.0))

    // Where lines through the steps cross, and where each vanishes.
    let private lines (outline: StepOutline) =
        let struct (up, upSlope) = outline.Up
        let struct (down, downSlope) = outline.Down
        let far = 100.0 * outline.Size
        let crossing = (up - down) / (downSlope - upSlope)

        let symmetric = if downSlope > upSlope && abs crossing < far then outline.Middle + crossing else outline.Middle

        let vanishing step slope towards =
            if slope * towards < 0.0 && abs (step / slope) < far && step > 0.0 then
                outline.Middle - step / slope
            else
                outline.Middle + towards * 2.0 * outline.Size

        symmetric, vanishing up upSlope 1.0, vanishing down downSlope -1.0

    /// q₊ = q₋ = 1: no trace of asymmetry or saturation.
    let ideal: ResponseFamily =
        { Name = "ideal"
          Device = fun _ _ -> Ideal.create ()
          Starts = fun _ -> [ [||] ]
          Bounds = fun _ -> [||] }

    /// The asymmetric linear device: w⋄, τ.
    let asymmetricLinear: ResponseFamily =
        { Name = "asymmetric linear"
          Device = fun outline u -> AsymmetricLinear.createAt (outline.Size * exp u[1]) (outline.Middle + outline.Size * u[0])
          Starts =
            fun outline ->
                let symmetric, upper, lower = lines outline
                let reach = log (Math.Clamp(0.5 * (upper - lower) / outline.Size, 0.35, 300.0))
                [ [| Math.Clamp((symmetric - outline.Middle) / outline.Size, -90.0, 90.0); reach |] ]
          Bounds = fun _ -> [| struct (-100.0, 100.0); reach |] }

    // A law about weight 0 must reach the readings wherever they lie.
    let private radius (outline: StepOutline) = Math.Max(1.05 * abs outline.Middle, 0.6 * Math.Max(abs outline.Lower, abs outline.Upper))

    let private radiusStart (outline: StepOutline) =
        let _, upper, lower = lines outline
        Math.Clamp(Math.Max(abs upper, abs lower) / radius outline, 1.05, 300.0) |> log

    /// The sequel's generic linear device, whose range is centred at weight 0: τ, c.
    let genericLinear: ResponseFamily =
        { Name = "generic linear"
          Device = fun outline u -> GenericLinear.create (radius outline * exp u[0]) (tanh u[1])
          Starts =
            fun outline ->
                let reach = radiusStart outline
                let symmetric, _, _ = lines outline
                [ [| reach; Math.Atanh(Math.Clamp(symmetric / (radius outline * exp reach), -0.9, 0.9)) |] ]
          Bounds = fun _ -> [| struct (0.0, log 1000.0); struct (-5.0, 5.0) |] }

    /// The linear-step device: w⋄, τ_max, τ_min.
    let linearStep: ResponseFamily =
        { Name = "linear step"
          Device =
            fun outline u -> LinearStep.createAt (outline.Size * exp u[1]) (-outline.Size * exp u[2]) (outline.Middle + outline.Size * u[0])
          Starts =
            fun outline ->
                let symmetric, upper, lower = lines outline
                let symmetric = Math.Clamp(symmetric, outline.Middle - 90.0 * outline.Size, outline.Middle + 90.0 * outline.Size)

                [ [| (symmetric - outline.Middle) / outline.Size
                     reachFrom symmetric outline upper
                     log (Math.Clamp((symmetric - lower) / outline.Size, 0.35, 300.0)) |] ]
          Bounds = fun _ -> [| struct (-100.0, 100.0); struct (log 1e-3, log 1e3); struct (log 1e-3, log 1e3) |] }

    // Bounds and exponents of the step laws of v1's appendix C, from flat to strongly curved.
    let private stepLaw name (create: float -> float -> float -> float -> Device) (starts: (float * float) list) exponents =
        { Name = name
          Device =
            fun outline u ->
                create (outline.Middle + outline.Size * exp u[0]) (outline.Middle - outline.Size * exp u[1]) (exp u[2]) (exp u[3])
          Starts =
            fun outline ->
                let _, upper, lower = lines outline

                [ for widening, exponent in starts ->
                      [| reachFrom outline.Middle outline (outline.Middle + widening * (upper - outline.Middle))
                         log (Math.Clamp(widening * (outline.Middle - lower) / outline.Size, 0.35, 300.0))
                         log exponent
                         log exponent |] ]
          Bounds = fun _ -> [| reach; reach; exponents; exponents |] }

    /// The paper's power-step device: τ_max, τ_min, γ₊, γ₋.
    let powerStep: ResponseFamily = stepLaw "power step" PowerStep.create [ 1.0, 1.0; 1.5, 2.0; 0.8, 0.5 ] exponents

    /// The paper's exponential-step device: τ_max, τ_min, γ₊, γ₋.
    let exponentialStep: ResponseFamily =
        stepLaw "exponential step" ExponentialStep.create [ 1.0, 0.5; 0.8, 3.0; 0.6, 8.0 ] (struct (log 1e-3, log 1e3))

    let private symmetricLaw name (create: float -> float -> Device) (starts: float list) exponents =
        { Name = name
          Device = fun outline u -> create (radius outline * exp u[0]) (exp u[1])
          Starts = fun outline -> [ for exponent in starts -> [| radiusStart outline; log exponent |] ]
          Bounds = fun _ -> [| struct (0.0, log 1000.0); exponents |] }

    /// The sequel's power device, symmetric about weight 0: τ, γ.
    let symmetricPower: ResponseFamily = symmetricLaw "symmetric power" SymmetricPower.create [ 1.0; 2.0 ] exponents

    /// The sequel's exponential device, symmetric about weight 0: τ, γ.
    let symmetricExponential: ResponseFamily =
        symmetricLaw "symmetric exponential" SymmetricExponential.create [ 0.5; 3.0 ] (struct (log 1e-3, log 50.0))

    /// All of them, the linear ones first.
    let all: ResponseFamily list =
        [ ideal; asymmetricLinear; genericLinear; linearStep; powerStep; exponentialStep; symmetricPower; symmetricExponential ]
