namespace AnalogTheory

open System

/// One column of a table.
type Column =
    | Numbers of float[]
    | Texts of string[]

    /// Number of rows.
    member column.Length =
        match column with
        | Numbers values -> values.Length
        | Texts values -> values.Length

/// What an experiment returns and a figure draws: named columns of equal length.
type Table =
    {
        /// Name, such as "fig4-left".
        Name: string
        /// Columns in order, with their names; units stand in the names where there are any.
        Columns: (string * Column) list
    }

    /// Number of rows.
    member table.Rows =
        match table.Columns with
        | [] -> 0
        | (_, column) :: _ -> column.Length

/// Making and reading tables.
[<RequireQualifiedAccess>]
module Table =

    /// <summary>A table of columns of equal length.</summary>
    /// <param name="name">Name of the table, such as "fig4-left"; also that of its file.</param>
    /// <param name="columns">Names and cells, in order; units stand in the names.</param>
    /// <exception cref="T:System.ArgumentException">Lengths differ or a name is used twice.</exception>
    let create (name: string) (columns: (string * Column) list) : Table =
        match columns with
        | [] -> ()
        | (_, first) :: _ ->
            for column, values in columns do
                Require.length $"column '{column}'" first.Length values.Length

        let names = List.map fst columns

        if List.length (List.distinct names) <> List.length names then
            raise (ArgumentException($"Expected distinct column names, got {names}.", nameof columns))

        { Name = name; Columns = columns }

    /// <summary>Rows of one table under those of another.</summary>
    /// <param name="first">The upper rows; its name is the result's.</param>
    /// <param name="second">The lower rows, with the same columns in the same order.</param>
    /// <exception cref="T:System.ArgumentException">The tables have other columns.</exception>
    let append (first: Table) (second: Table) : Table =
        if List.map fst first.Columns <> List.map fst second.Columns then
            raise (ArgumentException($"Expected the columns of '{first.Name}', got those of '{second.Name}'.", nameof second))

        let join (name, a) (_, b) =
            match a, b with
            | Numbers a, Numbers b -> name, Numbers(Array.append a b)
            | Texts a, Texts b -> name, Texts(Array.append a b)
            | _ -> raise (ArgumentException($"Expected column '{name}' to hold one kind of value.", nameof second))

        { first with Columns = List.map2 join first.Columns second.Columns }

    /// <summary>Rows of several tables, one under the other.</summary>
    /// <param name="name">Name of the result.</param>
    /// <param name="tables">The tables from top to bottom; at least one.</param>
    /// <exception cref="T:System.ArgumentException">No tables, or they have different columns.</exception>
    let concat (name: string) (tables: Table seq) : Table =
        let tables = Seq.toList tables
        Require.nonEmpty (nameof tables) tables.Length
        { List.reduce append tables with Name = name }

    let private column (name: string) (table: Table) : Column =
        match List.tryFind (fun (n, _) -> n = name) table.Columns with
        | Some(_, column) -> column
        | None ->
            let known = String.Join(", ", List.map fst table.Columns)
            raise (ArgumentException($"Expected one of the columns {known} of '{table.Name}', got '{name}'.", nameof name))

    /// <summary>A column of numbers.</summary>
    /// <param name="name">Name of the column.</param>
    /// <param name="table">The table; it stays as it is.</param>
    /// <exception cref="T:System.ArgumentException">No such column, or it holds text.</exception>
    let numbers (name: string) (table: Table) : float[] =
        match column name table with
        | Numbers values -> values
        | Texts _ -> raise (ArgumentException($"Expected column '{name}' of '{table.Name}' to hold numbers, got text.", nameof name))

    /// <summary>A column of text.</summary>
    /// <param name="name">Name of the column.</param>
    /// <param name="table">The table; it stays as it is.</param>
    /// <exception cref="T:System.ArgumentException">No such column, or it holds numbers.</exception>
    let texts (name: string) (table: Table) : string[] =
        match column name table with
        | Texts values -> values
        | Numbers _ -> raise (ArgumentException($"Expected column '{name}' of '{table.Name}' to hold text, got numbers.", nameof name))

    /// <summary>The rows for which a list of marks, one a row, is true.</summary>
    /// <param name="keep">For each row, whether it stays.</param>
    /// <param name="table">The table; it stays as it is.</param>
    /// <exception cref="T:System.ArgumentException">There are more or fewer marks than rows.</exception>
    let filter (keep: bool[]) (table: Table) : Table =
        Require.length "keep" table.Rows keep.Length
        let kept values = Array.zip keep values |> Array.filter fst |> Array.map snd

        { table with
            Columns =
                table.Columns
                |> List.map (fun (name, column) ->
                    match column with
                    | Numbers values -> name, Numbers(kept values)
                    | Texts values -> name, Texts(kept values)) }

    /// <summary>The rows where a column of text has a value.</summary>
    /// <param name="name">Name of the column.</param>
    /// <param name="value">The text that a kept row has in that column.</param>
    /// <param name="table">The table; it stays as it is.</param>
    let where (name: string) (value: string) (table: Table) : Table = filter (texts name table |> Array.map ((=) value)) table
