package main

import "fmt"

type account struct {
	owner   string
	balance int
	history []transaction
}

type transaction struct {
	kind   string
	amount int
}

type insufficient struct{ missing int }

func (e insufficient) Error() string { return fmt.Sprintf("missing %d", e.missing) }

func (a *account) apply(kind string, amount int) (err error) {
	defer func() {
		if err == nil {
			a.history = append(a.history, transaction{kind, amount})
		}
	}()
	switch kind {
	case "deposit":
		a.balance += amount
	case "withdraw":
		if amount > a.balance {
			return insufficient{missing: amount - a.balance}
		}
		a.balance -= amount
	case "fee":
		amount = 1
		fallthrough
	case "tax":
		a.balance -= amount
	default:
		err = fmt.Errorf("unknown %q", kind)
	}
	return err
}

func transfer(from, to *account, amount int) error {
	if err := from.apply("withdraw", amount); err != nil {
		return fmt.Errorf("%s to %s: %w", from.owner, to.owner, err)
	}
	return to.apply("deposit", amount)
}

func main() {
	a, b := &account{owner: "a", balance: 10}, &account{owner: "b"}
	steps := []func() error{
		func() error { return a.apply("deposit", 25) },
		func() error { return transfer(a, b, 30) },
		func() error { return transfer(a, b, 30) },
		func() error { return b.apply("fee", 100) },
		func() error { return b.apply("tax", 4) },
		func() error { return b.apply("gift", 4) },
	}
	for i, step := range steps {
		if err := step(); err != nil {
			fmt.Println(i, err)
		}
	}
	for _, one := range []*account{a, b} {
		fmt.Println(one.owner, one.balance, one.history)
	}
}
