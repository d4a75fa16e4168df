import java.io.IOException;

final class Main
{
    private String window = "";
    private int record = 0;

    private void take(char c)
    {
        // everything up to the older copy falls out (indexOf gives -1 if none)
        window = window.substring(window.indexOf(c) + 1) + c;
        record = Integer.max(record, window.length());
    }

    public static void main(String[] args) throws IOException
    {
        Main m = new Main();
        while (true) {
            int b = System.in.read();
            if (b < 0 || b == '\n')
                break;
            m.take((char) b);
        }
        System.out.println(m.record);
    }
}
