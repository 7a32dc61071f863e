namespace AnalogTheory

/// What a rule is, as data: its kind, with its devices and rates. Parameters by symbols, and what theorems and the façade ask of a rule, derive from it.
[<RequireQualifiedAccess; NoEquality; NoComparison>]
type RuleForm =
    /// W′ = W − αg.
    | DigitalSgd of learningRate: float
    /// W′ = U(W, −αg).
    | AnalogSgd of learningRate: float * device: Device
    /// P′ = U(P, +βg), W′ = U(W, −αP′); α is the transfer rate, β the learning rate.
    | TikiTaka of transferRate: float * learningRate: float * auxiliary: Device * main: Device
    /// Gradient at W + γP, P′ = U(P, −αg), W′ = U(W, +βP′); α is the learning rate, β the transfer rate, γ the mixing.
    | ResidualLearning of learningRate: float * transferRate: float * mixing: float * auxiliary: Device * main: Device
    /// Another form with every update sent as pulses, and the parameters of these.
    | ByPulses of form: RuleForm * pulses: (string * float) list
    /// Given by its user, who names the parameters.
    | UserDefined of parameters: (string * float) list

    /// Parameters by their symbols, as the papers write them.
    member form.Parameters: (string * float) list =
        match form with
        | RuleForm.DigitalSgd rate
        | RuleForm.AnalogSgd(rate, _) -> [ "α", rate ]
        | RuleForm.TikiTaka(transferRate, learningRate, _, _) -> [ "α", transferRate; "β", learningRate ]
        | RuleForm.ResidualLearning(learningRate, transferRate, mixing, _, _) -> [ "α", learningRate; "β", transferRate; "γ", mixing ]
        | RuleForm.ByPulses(form, pulses) -> form.Parameters @ pulses
        | RuleForm.UserDefined parameters -> parameters

    /// Devices of the arrays, P's before W's; empty for rules without, and for those of a user, whose kernel alone knows its devices.
    member form.Devices: Device list =
        match form with
        | RuleForm.AnalogSgd(_, device) -> [ device ]
        | RuleForm.TikiTaka(_, _, auxiliary, main)
        | RuleForm.ResidualLearning(_, _, _, auxiliary, main) -> [ auxiliary; main ]
        | RuleForm.ByPulses(form, _) -> form.Devices
        | RuleForm.DigitalSgd _
        | RuleForm.UserDefined _ -> []
