import java.io.InputStreamReader;
import java.io.IOException;
import java.io.StreamTokenizer;

class Main {

    static int smallestFactor(int n) {
        if (n % 2 == 0) return 2;
        for (int f = 3; f * f <= n; f += 2)
            if (n % f == 0) return f;
        return n;
    }

    static int countDivisorsOf(int n) {
        if (n <= 1) return n;
        int f = smallestFactor(n);
        int choices = 1;
        int rest = n;
        do {
            rest /= f;
            choices++;
        } while (rest % f == 0);
        return choices * countDivisorsOf(rest);
    }

    public static void main(String[] args) throws IOException {
        StreamTokenizer st = new StreamTokenizer(new InputStreamReader(System.in));
        if (st.nextToken() == StreamTokenizer.TT_NUMBER) {
            System.out.println(countDivisorsOf((int) st.nval));
        }
    }
}
