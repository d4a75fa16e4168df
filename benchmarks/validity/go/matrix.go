package main

import (
	"errors"
	"fmt"
)

type matrix struct {
	rows, columns int
	data          []float64
}

var errShape = errors.New("shapes do not fit")

func newMatrix(rows, columns int, values ...float64) *matrix {
	m := &matrix{rows: rows, columns: columns, data: make([]float64, rows*columns)}
	copy(m.data, values)
	return m
}

func (m *matrix) at(i, j int) *float64 { return &m.data[i*m.columns+j] }

func (m *matrix) times(other *matrix) (*matrix, error) {
	if m.columns != other.rows {
		return nil, errShape
	}
	product := newMatrix(m.rows, other.columns)
	for i := 0; i < m.rows; i++ {
		for j := 0; j < other.columns; j++ {
			for k := 0; k < m.columns; k++ {
				*product.at(i, j) += *m.at(i, k) * *other.at(k, j)
			}
		}
	}
	return product, nil
}

func (m *matrix) determinant() float64 {
	if m.rows == 1 {
		return *m.at(0, 0)
	}
	sum, sign := 0.0, 1.0
	for c := 0; c < m.columns; c++ {
		minor := newMatrix(m.rows-1, m.columns-1)
		for i := 1; i < m.rows; i++ {
			k := 0
			for j := 0; j < m.columns; j++ {
				if j == c {
					continue
				}
				*minor.at(i-1, k) = *m.at(i, j)
				k++
			}
		}
		sum += sign * *m.at(0, c) * minor.determinant()
		sign = -sign
	}
	return sum
}

func main() {
	a := newMatrix(2, 3, 1, 2, 3, 4, 5, 6)
	b := newMatrix(3, 2, 7, 8, 9, 10, 11, 12)
	if product, err := a.times(b); err == nil {
		fmt.Println(product.data, product.determinant())
	}
	_, err := a.times(a)
	fmt.Println(err, err == errShape)
	c := newMatrix(3, 3, 2, -1, 0, 1, 3, 2, 0, 5, -4)
	fmt.Printf("%.2f\n", c.determinant())
	p, q := c.at(1, 1), *c.at(2, 1)
	*p, q = q, *p
	fmt.Println(c.data, q)
}
