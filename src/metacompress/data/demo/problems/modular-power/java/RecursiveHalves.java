import java.io.*;

class Main
{
    private static final int M = 1000007;

    static long modPower(long x, int n)
    {
        switch (n)
        {
            case 0:
                return 1;
            case 1:
                return x;
            default:
                long half = modPower(x, n >> 1);
                long whole = half * half % M;
                return (n & 1) == 0 ? whole : whole * x % M;
        }
    }

    public static void main(String[] args) throws IOException
    {
        StreamTokenizer st = new StreamTokenizer(new InputStreamReader(System.in));
        st.nextToken();
        long x = (long) st.nval % M;
        st.nextToken();
        int n = (int) st.nval;
        System.out.println(modPower(x < 0 ? x + M : x, n));
    }
}
