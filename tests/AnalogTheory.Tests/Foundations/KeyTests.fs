module AnalogTheory.Tests.KeyTests

open Expecto
open AnalogTheory
open AnalogTheory.Kernels.Sampling

// Philox 4×32-10 as its authors print it (Salmon et al., SC 2011), in plain integers: an implementation of its own.
let private philox (counter: uint32[]) (key: uint32[]) : uint32[] =
    let round (c: uint32[], k: uint32[]) =
        let product a b = uint64 (a: uint32) * uint64 (b: uint32)
        let p0, p1 = product 0xD2511F53u c[0], product 0xCD9E8D57u c[2]

        [| uint32 (p1 >>> 32) ^^^ c[1] ^^^ k[0]; uint32 p1; uint32 (p0 >>> 32) ^^^ c[3] ^^^ k[1]; uint32 p0 |],
        [| k[0] + 0x9E3779B9u; k[1] + 0xBB67AE85u |]

    fst (Seq.fold (fun state _ -> round state) (counter, key) (seq { 1..10 }))

let private foldByHand (index: uint64) (bits: uint64) =
    let words = philox [| uint32 index; uint32 (index >>> 32); 0u; 0xFFFFFFFFu |] [| uint32 bits; uint32 (bits >>> 32) |]

    (uint64 words[1] <<< 32) ||| uint64 words[0]

[<Tests>]
let tests =
    testList
        "keys"
        [ test "Philox written by hand gives the authors' known answer" {
              let words = philox [| 0u; 0u; 0u; 0u |] [| 0u; 0u |]
              Expect.equal words [| 0x6627E8D5u; 0xE169C58Du; 0xBC57AC4Cu; 0x9B00DBD8u |] "zero counter, zero key"
          }

          test "fold is one Philox block of the key, the index and the purpose of derivation" {
              for bits in [ 0UL; 1UL; 0xDEADBEEFCAFEBABEUL ] do
                  for index in [ 0UL; 1UL; 0xFFFFFFFFUL; 0x100000000UL; System.UInt64.MaxValue ] do
                      Expect.equal (Key.fold index { Bits = bits }).Bits (foldByHand index bits) $"fold {index} of {bits}"
          }

          test "golden values: seeds, names and splits are the same in every version" {
              Expect.equal (Key.ofSeed 0UL).Bits 0x79D2604E52D84213UL "seed 0"
              Expect.equal (Key.ofSeed 42UL).Bits 0x742715F1FF1249D1UL "seed 42"
              Expect.equal (Key.named "fig4-left" (Key.ofSeed 42UL)).Bits 0x9D8F9D6B28787EAFUL "a name"
              Expect.equal (Key.named "τ" (Key.ofSeed 42UL)).Bits 0xC4A9B7E25C67DF51UL "a name outside ASCII"

              Expect.equal
                  (Key.split 3 (Key.ofSeed 42UL) |> Array.map _.Bits)
                  [| 0x9F6F751B8E8F350DUL; 0x36AF8C080F48781EUL; 0x96BFC2A5F18AFACBUL |]
                  "a split"
          }

          test "a number's key is the fold of its bits, and 0 is one number" {
              let key = Key.ofSeed 42UL
              Expect.equal (Key.ofNumber 0.1 key) (Key.fold 0x3FB999999999999AUL key) "0.1"
              Expect.equal (Key.ofNumber -0.0 key) (Key.fold 0UL key) "−0"
              Expect.notEqual (Key.ofNumber 0.1 key) (Key.ofNumber (System.Math.BitIncrement 0.1) key) "neighbours"
          }

          test "split i is fold i, so a longer split begins with a shorter one" {
              let key = Key.ofSeed 7UL
              let long, short = Key.split 100 key, Key.split 10 key
              Expect.equal (Array.take 10 long) short "prefix"
              Expect.equal long[37] (Key.fold 37UL key) "fold"
              Expect.equal (Key.split 0 key) [||] "none"
          }

          test "10,000 folds, 10,000 seeds and their names give distinct keys" {
              let root = Key.ofSeed 1UL

              let keys =
                  [| yield root
                     yield! Key.split 10_000 root
                     yield! Array.init 10_000 (fun i -> Key.ofSeed (uint64 i + 2UL))
                     yield! Array.init 10_000 (fun i -> Key.named $"run {i}" root) |]

              Expect.equal (Array.length (Array.distinct keys)) keys.Length "distinct"
          }

          test "the order of folds matters: (1 then 2) is not (2 then 1)" {
              let key = Key.ofSeed 3UL
              Expect.notEqual (key |> Key.fold 1UL |> Key.fold 2UL) (key |> Key.fold 2UL |> Key.fold 1UL) "order"
          }

          test "seeds that differ in one bit differ in about half the bits of their keys" {
              let distances =
                  [| for seed in [ 0UL; 42UL; 0xFFFFFFFFFFFFFFFFUL ] do
                         for bit in 0..63 do
                             let a, b = Key.ofSeed seed, Key.ofSeed (seed ^^^ (1UL <<< bit))
                             System.Numerics.BitOperations.PopCount(a.Bits ^^^ b.Bits) |]

              Expect.isTrue (Array.forall (fun d -> d > 12 && d < 52) distances) "every distance within 5 deviations of 32"
          }

          test "a key's stream of derivation is none of its streams of numbers" {
              let key = Key.ofSeed 5UL

              let derived = Philox.Block(0u, 0u, 0u, Purpose.General, uint32 key.Bits, uint32 (key.Bits >>> 32))

              let struct (w0, w1, _, _) = derived
              Expect.notEqual (Key.fold 0UL key).Bits ((uint64 w1 <<< 32) ||| uint64 w0) "purposes differ"
          } ]
