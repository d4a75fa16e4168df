import java.util.BitSet;
import java.util.Scanner;

class Main
{
    enum Kind { neither, prime, composite }

    static BitSet primesUpTo(int limit)
    {
        BitSet alive = new BitSet(limit + 1);
        alive.set(2, limit + 1);
        for (int p = 2; p * p <= limit; p = alive.nextSetBit(p + 1))
            for (int q = p * p; q <= limit; q += p)
                alive.clear(q);
        return alive;
    }

    static Kind primeWord(int n)
    {
        if (n < 2)
            return Kind.neither;
        BitSet primes = primesUpTo(31700);
        int p = primes.nextSetBit(0);
        while (p > 0 && p * p <= n)
        {
            if (n % p == 0)
                return Kind.composite;
            p = primes.nextSetBit(p + 1);
        }
        return Kind.prime;
    }

    public static void main(String[] args)
    {
        System.out.println(primeWord(Integer.parseInt(new Scanner(System.in).nextLine().strip())));
    }
}
