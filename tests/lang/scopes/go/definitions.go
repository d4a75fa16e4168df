// Prints where each identifier of Go files is declared, as go/types and go/parser see it.
//
// Arguments: folders, each with the files of one package. For each file a JSON line: its path, and
// pairs (byte of an identifier, byte of its declaration in the same file). Left out are fields,
// methods, init, the blank identifier and what is declared elsewhere.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

type nothing struct{}

func (nothing) Import(path string) (*types.Package, error) {
	return nil, errors.New("packages are not looked for")
}

type found struct {
	Path  string   `json:"path"`
	Pairs [][2]int `json:"pairs"`
	// Whether the type checker knew what each name means, and did not have to guess.
	Unknown []int `json:"unknown"`
}

func main() {
	for _, folder := range os.Args[1:] {
		paths, _ := filepath.Glob(filepath.Join(folder, "*.go"))
		sort.Strings(paths)
		check(paths)
	}
}

func check(paths []string) {
	set := token.NewFileSet()
	packages := map[string][]*ast.File{}
	for _, path := range paths {
		file, err := parser.ParseFile(set, path, nil, parser.ParseComments)
		if err == nil && !strings.HasSuffix(path, "_test.go") {
			packages[file.Name.Name] = append(packages[file.Name.Name], file)
		}
	}
	for name, files := range packages {
		info := &types.Info{
			Defs: map[*ast.Ident]types.Object{},
			Uses: map[*ast.Ident]types.Object{},
		}
		configuration := types.Config{Importer: nothing{}, Error: func(error) {}}
		configuration.Check(name, set, files, info)
		for _, file := range files {
			print(set, file, info)
		}
	}
}

func print(set *token.FileSet, file *ast.File, info *types.Info) {
	in := set.File(file.Pos())
	written := map[token.Pos]bool{}
	for name := range info.Defs {
		written[name.Pos()] = true
	}
	one := found{Path: in.Name(), Pairs: [][2]int{}, Unknown: []int{}}
	ast.Inspect(file, func(node ast.Node) bool {
		name, ok := node.(*ast.Ident)
		if !ok || name.Name == "_" || name.Name == "." || name == file.Name {
			return true
		}
		at := in.Offset(name.Pos())
		object, known := info.Uses[name]
		if !known {
			object, known = info.Defs[name]
		}
		if known && object == nil { // the name in switch name := value.(type)
			one.Pairs = append(one.Pairs, [2]int{at, at})
		} else if known {
			// A package under its own name is not declared by an identifier.
			if declares(object) && set.File(object.Pos()) == in && written[object.Pos()] {
				one.Pairs = append(one.Pairs, [2]int{at, in.Offset(object.Pos())})
			}
		} else {
			one.Unknown = append(one.Unknown, at)
		}
		return true
	})
	line, _ := json.Marshal(one)
	fmt.Println(string(line))
}

// Whether a scope of the language has the object, rather than a type or nothing.
func declares(object types.Object) bool {
	switch object := object.(type) {
	case *types.Var:
		return !object.IsField() && object.Pos().IsValid()
	case *types.Func:
		return object.Name() != "init" && object.Type().(*types.Signature).Recv() == nil
	}
	return object.Pos().IsValid()
}
