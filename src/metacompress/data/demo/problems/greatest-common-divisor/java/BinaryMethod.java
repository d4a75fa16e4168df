import java.io.*;

class Main
{
    private static int next(StreamTokenizer in) throws IOException
    {
        in.nextToken();
        return (int) Math.abs(in.nval);
    }

    private static int halveAway(int x)
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
        u = halveAway(u);
        v = halveAway(v);
        while (u != v)
        {
            // the difference of two odd numbers is even
            if (u > v)
                u = halveAway(u - v);
            else
                v = halveAway(v - u);
        }
        System.out.println(u << twos);
    }
}
