import java.io.*;

final class Main
{
    private final int value;

    private Main(int value)
    {
        this.value = value;
    }

    /** Zero is the only number that ends in zero; multiples of nine end in nine. */
    int digitalRootModuloNine()
    {
        int r = value % 9;
        return r != 0 || value == 0 ? r : 9;
    }

    public static void main(String[] argv) throws IOException
    {
        StreamTokenizer st = new StreamTokenizer(new InputStreamReader(System.in));
        st.nextToken();
        System.out.println(new Main((int) st.nval).digitalRootModuloNine());
    }
}
