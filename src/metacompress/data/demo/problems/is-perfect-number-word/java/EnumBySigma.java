import java.util.Scanner;

enum Kind
{
    DEFICIENT, PERFECT, ABUNDANT;

    static Kind of(long n)
    {
        long doubled = 2 * n;
        long sigma = Main.sigma(n, 2);
        if (n < 1 || sigma < doubled)
            return DEFICIENT;
        return sigma == doubled ? PERFECT : ABUNDANT;
    }
}

class Main
{
    // sum of all divisors of n, whose prime factors are all at least p
    static long sigma(long n, long p)
    {
        while (p * p <= n && n % p != 0)
            p++;
        if (p * p > n)
            return n > 1 ? n + 1 : 1;
        long series = 1;
        while (n % p == 0)
        {
            n /= p;
            series = series * p + 1;
        }
        return series * sigma(n, p + 1);
    }

    public static void main(String[] args)
    {
        long n = Long.parseLong(new Scanner(System.in).next());
        System.out.println(Kind.of(n).name().toLowerCase(java.util.Locale.ROOT));
    }
}
