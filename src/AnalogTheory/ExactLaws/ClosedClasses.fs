namespace AnalogTheory

open System

/// What a cell of weights can become in one step: the cells that hold its lowest and its highest next weights.
[<Struct>]
type internal CellImage =
    {
        /// First and last cell of the lowest next weights.
        Lowest: struct (int * int)
        /// First and last cell of the highest ones.
        Highest: struct (int * int)
        /// Whether every weight of the cell moves down, or every one up, by its lowest next weight.
        LowestMoves: bool
        /// The same by its highest.
        HighestMoves: bool
    }

/// <summary>Sets of cells that a scalar chain does not leave and that hold no smaller such set: in each of them lives a stationary law of its own.</summary>
/// <remarks>
/// Images are those of seventeen weights of every cell and what lies between them. They are wider than the true ones where steps leave gaps, so two
/// closed classes are two for certain; that there is one only is certain if from every other cell it is reached whatever the weight inside is.
/// </remarks>
[<RequireQualifiedAccess>]
module internal ClosedClasses =

    let private samples = Array.init 17 (fun k -> float k / 16.0)

    /// Images of all cells.
    let images (chain: ScalarChain) (cells: int) : CellImage[] =
        let width = (chain.Upper - chain.Lower) / float cells
        let position weight = (Math.Clamp(weight, chain.Lower, chain.Upper) - chain.Lower) / width

        let hull (a: float) (b: float) =
            let first = Math.Clamp(int (floor (a + 1e-9)), 0, cells - 1)
            struct (first, Math.Clamp(int (ceil (b - 1e-9)) - 1, first, cells - 1))

        Array.init cells (fun i ->
            let ends =
                samples
                |> Array.map (fun share ->
                    let place = float i + share

                    let possible =
                        chain.Next(chain.Lower + width * place)
                        |> Array.filter (fun struct (probability, _) -> probability > 0.0)
                        |> Array.map (fun struct (_, next) -> position next)

                    struct (place, Array.min possible, Array.max possible))

            let low, high = ends |> Array.map (fun struct (_, low, _) -> low), ends |> Array.map (fun struct (_, _, high) -> high)

            let oneWay (next: float[]) =
                let moved = Array.map2 (fun struct (place, _, _) next -> next - place) ends next
                Array.forall (fun step -> step > 0.0) moved || Array.forall (fun step -> step < 0.0) moved

            { Lowest = hull (Array.min low) (Array.max low)
              Highest = hull (Array.min high) (Array.max high)
              LowestMoves = oneWay low
              HighestMoves = oneWay high })

    // All cells between the lowest and the highest next weight.
    let private successors (image: CellImage) =
        let struct (first, _), struct (_, last) = image.Lowest, image.Highest
        seq { first..last }

    /// The closed classes, each as its cells in rising order (Tarjan's strongly connected components without a way out).
    let find (images: CellImage[]) : int[] list =
        let n = images.Length
        let number, low, group = Array.create n -1, Array.zeroCreate<int> n, Array.create n -1
        let stack = Collections.Generic.Stack<int>()
        let counter, groups = ref 0, ref 0

        let rec visit i =
            number[i] <- counter.Value
            low[i] <- counter.Value
            counter.Value <- counter.Value + 1
            stack.Push i

            for j in successors images[i] do
                if number[j] < 0 then
                    visit j
                    low[i] <- min low[i] low[j]
                elif group[j] < 0 then
                    low[i] <- min low[i] number[j]

            if low[i] = number[i] then
                let mutable goesOn = true

                while goesOn do
                    let j = stack.Pop()
                    group[j] <- groups.Value
                    goesOn <- j <> i

                groups.Value <- groups.Value + 1

        for i in 0 .. n - 1 do
            if number[i] < 0 then visit i

        let isOpen = Array.zeroCreate<bool> groups.Value

        for i in 0 .. n - 1 do
            if successors images[i] |> Seq.exists (fun j -> group[j] <> group[i]) then isOpen[group[i]] <- true

        [ for c in 0 .. groups.Value - 1 do
              if not isOpen[c] then
                  [| for i in 0 .. n - 1 do
                         if group[i] = c then i |] ]
        |> List.sortBy Array.head

    /// Whether a class is reached from every weight with positive probability, so that no stationary law puts mass beside it.
    let isOnly (images: CellImage[]) (closed: int[]) : bool =
        let reaches = Array.zeroCreate<bool> images.Length

        for i in closed do
            reaches[i] <- true

        // Lands in cells that reach it; where the cell itself is among them, only if repeating the move leaves the cell.
        let lands i (struct (first, last)) moves = seq { first..last } |> Seq.forall (fun j -> reaches[j] || (j = i && moves))

        let mutable isGrowing = true

        while isGrowing do
            isGrowing <- false

            for i in 0 .. images.Length - 1 do
                let image = images[i]

                if not reaches[i] && (lands i image.Lowest image.LowestMoves || lands i image.Highest image.HighestMoves) then
                    reaches[i] <- true
                    isGrowing <- true

        Array.forall id reaches
