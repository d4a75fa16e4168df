import java.io.*;

class Main
{
    private static int next(StreamTokenizer in) throws IOException
    {
        in.nextToken();
        return (int) Math.abs(in.nval);
    }

    private static int halvingGcd(int x)
    {
        return x >> Integer.numberOfTrailingZeros(x);
    }

    public static void main(String[] args) throws IOException
    {
        StreamTokenizer in = new StreamTokenizer(new InputStreamReader(System.in));
        int u = next(in), v = next(in);
        if (u == 0 || v == 0)
        {
            System.out.println(u + v);
            return;
        }
        int twos = Integer.numberOfTrailingZeros(u | v);
        u = halvingGcd(u);
        v = halvingGcd(v);
        while (u != v)
        {
            // the difference of two odd numbers is even
            if (u > v)
                u = halvingGcd(u - v);
            else
                v = halvingGcd(v - u);
        }
        System.out.println(u << twos);
    }
}
