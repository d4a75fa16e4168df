import java.io.*;

class Main
{
    static int nextLetter(String s, int from, int step)
    {
        int i = from;
        while (i >= 0 && i < s.length() && !Character.isAlphabetic(s.charAt(i)))
            i += step;
        return i;
    }

    static String checkPalindrome(String s)
    {
        int i = nextLetter(s, 0, 1);
        int j = nextLetter(s, s.length() - 1, -1);
        if (i > j)
            return "-";
        for (; i < j; i = nextLetter(s, i + 1, 1), j = nextLetter(s, j - 1, -1))
            if (Character.toUpperCase(s.charAt(i)) != Character.toUpperCase(s.charAt(j)))
                return "no";
        return "yes";
    }

    public static void main(String[] args) throws IOException
    {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        String s = in.readLine();
        System.out.println(s == null ? "-" : checkPalindrome(s));
    }
}
