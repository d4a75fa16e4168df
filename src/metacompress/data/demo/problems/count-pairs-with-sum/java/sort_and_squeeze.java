import java.io.*;
import java.util.Arrays;

class Main
{
    static int squeezePairsWithSum(int[] a, int goal)
    {
        Arrays.sort(a);
        int count = 0;
        int right = a.length;
        for (int left = 0; left < a.length; left++) {
            // everything from right on is too large for this and all later left ends
            while (right > 0 && a[left] + a[right - 1] > goal)
                right--;
            int p = right - 1;
            while (p > left && a[left] + a[p] == goal) {
                count++;
                p--;
            }
        }
        return count;
    }

    public static void main(String[] args) throws IOException
    {
        StreamTokenizer st = new StreamTokenizer(new InputStreamReader(System.in));
        st.nextToken();
        int[] a = new int[(int) st.nval];
        for (int k = 0; k < a.length; k++) {
            st.nextToken();
            a[k] = (int) st.nval;
        }
        st.nextToken();
        System.out.println(squeezePairsWithSum(a, (int) st.nval));
    }
}
