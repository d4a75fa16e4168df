import java.util.Scanner;

class Main
{
    static long reducePrimeFactor(long n, long p)
    {
        while (n % p == 0 && n != p)
            n /= p;
        for (long q = p + 1; q * q <= n; q++)
        {
            if (n % q == 0)
                return reducePrimeFactor(n, q);
        }
        return n;
    }

    public static void main(String[] args)
    {
        String token = new Scanner(System.in).next();
        long n = Long.parseLong(token);
        System.out.println(n < 2 ? 1 : reducePrimeFactor(n, 2));
    }
}
